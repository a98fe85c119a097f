package io.voronka.connectors.changecapture;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A class of Flink CDC writes all its settings, the password in clear among them, to the log at
 * level INFO. It is silenced here, whatever the cluster's logging configuration says.
 */
final class PasswordLog {
  static final String TALKATIVE =
      "org.apache.flink.cdc.connectors.postgres.source.fetch.PostgresSourceFetchTaskContext";

  private static final Logger LOG = LoggerFactory.getLogger(PasswordLog.class);

  private PasswordLog() {}

  /** Has an effect with Log4j, which is Flink's own; with anything else it says what to set. */
  static void silence() {
    try {
      Configurator.setLevel(TALKATIVE, Level.WARN);
    } catch (LinkageError e) {
      LOG.error("set the logger {} to WARN: it writes the database's password", TALKATIVE, e);
    }
  }
}
