package io.voronka.infra.local.stack;

import io.voronka.infra.local.stack.StackException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the parts of a running stack are. A part that was left out has its address all the same;
 * nobody answers there.
 *
 * @param kafka bootstrap servers, {@code host:port}
 * @param jdbcUrl of the control database
 * @param databaseUser its user
 * @param databasePasswordFile file with the user's password, without a line end
 * @param tokenKeyFile file with the key that {@code crm_tokens} are encrypted with: 32 bytes in
 *     Base64
 * @param unsubscribeKeyFile file with the secret of mails' unsubscribe links
 * @param flink the session cluster's REST API and web page
 * @param gateway the front door for webhooks
 * @param gatewayAdmin the gateway's health, readiness and metrics
 * @param sandbox the simulated outside world
 * @param sandboxSmtpPort of its mail server, on the same host
 */
public record StackAddresses(
    String kafka,
    String jdbcUrl,
    String databaseUser,
    Path databasePasswordFile,
    Path tokenKeyFile,
    Path unsubscribeKeyFile,
    String flink,
    String gateway,
    String gatewayAdmin,
    String sandbox,
    int sandboxSmtpPort) {

  private static final String JDBC = "jdbc:";

  /** The control database's host, for those who do not speak JDBC. */
  public String databaseHost() {
    return database().getHost();
  }

  /** The control database's port. */
  public int databasePort() {
    return database().getPort();
  }

  /**
   * The password of the control database's user.
   *
   * @throws StackException DATA_UNUSABLE
   */
  public String databasePassword() {
    try {
      return Files.readString(databasePasswordFile);
    } catch (IOException e) {
      throw new StackException(Reason.DATA_UNUSABLE, "cannot read the database password: " + e, e);
    }
  }

  private URI database() {
    return URI.create(jdbcUrl.substring(JDBC.length()));
  }
}
