package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.kommo.rest.HttpLimits;
import io.voronka.connectors.crm.kommo.rest.KommoClient;
import io.voronka.connectors.crm.secrets.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** The transport as tests have it: with patience for two seconds. */
final class CrmTransportFixture {
  private CrmTransportFixture() {}

  /**
   * The caller closes it.
   *
   * @param environment where secrets are found, by name
   */
  static CrmTransport open(UnaryOperator<String> environment) {
    HttpLimits limits = new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), 1 << 20);
    KommoClient client =
        KommoClient.start(new NoTokenStore(), new Secrets(environment), Clock.systemUTC(), limits);
    return new CrmTransport(client, client.chats(), client.inventory(), Clock.systemUTC());
  }
}
