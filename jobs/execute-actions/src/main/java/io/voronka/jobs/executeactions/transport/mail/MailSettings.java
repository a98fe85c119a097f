package io.voronka.jobs.executeactions.transport.mail;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * @param connect until there is a connection
 * @param answer for each answer of the server
 * @param largest bytes of subject, text and HTML together
 * @param trustedHosts servers whose certificates are taken without a known authority
 */
public record MailSettings(
    Duration connect, Duration answer, int largest, List<String> trustedHosts)
    implements Serializable {

  public MailSettings {
    trustedHosts = List.copyOf(trustedHosts);
  }

  public static MailSettings standard(List<String> trustedHosts) {
    return new MailSettings(Duration.ofSeconds(5), Duration.ofSeconds(15), 256 << 10, trustedHosts);
  }
}
