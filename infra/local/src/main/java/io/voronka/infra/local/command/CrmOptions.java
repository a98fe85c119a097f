package io.voronka.infra.local.command;

import io.voronka.connectors.crm.kommo.rest.HttpLimits;
import io.voronka.connectors.crm.kommo.rest.KommoClient;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.tokens.JdbcTokenStore;
import io.voronka.connectors.crm.tokens.TokenCipher;
import io.voronka.connectors.crm.tokens.TokenStore;
import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.infra.local.connect.HookTable;
import io.voronka.infra.local.connect.KafkaAlertLog;
import io.voronka.infra.local.stack.StackAddresses;
import io.voronka.infra.local.stack.StackException;
import io.voronka.infra.local.stack.StackException.Reason;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a subcommand needs to speak to CRM accounts: the control database, the key of the token
 * store, and Kafka for alerts. What is not given is the local stack's.
 */
final class CrmOptions {
  @Mixin private DatabaseOptions database;

  @Option(
      names = "--token-key-file",
      paramLabel = "FILE",
      description =
          "The key that the token store is encrypted with; the local stack's unless given.")
  private Path tokenKeyFile;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Kafka, for alerts; that of the local stack unless given.")
  private String kafka;

  @Option(
      names = "--kafka-client-properties",
      paramLabel = "FILE",
      description = "Further client settings (security).")
  private Path kafkaProperties;

  @Option(
      names = "--cell",
      defaultValue = "",
      paramLabel = "PREFIX",
      description = "Put before every topic name; nothing unless given.")
  private String cell;

  HookTable hooks() throws IOException {
    return new HookTable(database.source());
  }

  /**
   * @throws IOException when the key cannot be read, or is none
   */
  TokenStore tokens() throws IOException {
    Path file = tokenKeyFile != null ? tokenKeyFile : stack("--token-key-file").tokenKeyFile();
    try {
      return new JdbcTokenStore(database.source(), TokenCipher.withKey(Files.readString(file)));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  KommoClient kommo(TokenStore tokens, Secrets secrets, Clock clock) {
    return KommoClient.start(tokens, secrets, clock, HttpLimits.USUAL);
  }

  KafkaAlertLog alerts(String application, Clock clock) throws IOException {
    String servers = kafka != null ? kafka : stack("--kafka").kafka();
    Map<String, String> properties = new HashMap<>();
    if (kafkaProperties != null) {
      Properties read = new Properties();
      try (Reader reader = Files.newBufferedReader(kafkaProperties)) {
        read.load(reader);
      }
      read.forEach((key, value) -> properties.put(key.toString(), value.toString()));
    }
    return new KafkaAlertLog(
        KafkaSettings.of(servers, application).withCell(cell).withClientProperties(properties),
        clock);
  }

  /** Empty when no local stack runs, or another database was given. */
  Optional<StackAddresses> localStack() {
    return database.localStack();
  }

  /** The local stack, for lack of an option. */
  StackAddresses stack(String option) {
    return localStack()
        .orElseThrow(
            () ->
                new StackException(
                    Reason.NOT_RUNNING, "no local stack to take it from: give " + option));
  }
}
