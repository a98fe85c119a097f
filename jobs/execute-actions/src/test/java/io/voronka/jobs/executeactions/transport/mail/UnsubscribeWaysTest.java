package io.voronka.jobs.executeactions.transport.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.secrets.UnsubscribeSeal;
import io.voronka.connectors.crm.secrets.Unsubscription;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.jobs.executeactions.transport.address.AddressGuard;
import io.voronka.jobs.executeactions.transport.address.AllowedHost;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.MailSecurity;
import io.voronka.schemas.MailSenderRow;
import io.voronka.schemas.Recipient;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The link of ours in a mail; that of others is {@link MailTransportTest}'s. */
final class UnsubscribeWaysTest {
  private static final UnsubscribeSeal SEAL =
      UnsubscribeSeal.with(List.of("0123456789abcdef-of-links"));
  private static final MailSenderRow OURS =
      MailSenderRow.newBuilder()
          .setTenantId("acme")
          .setSenderId("sales")
          .setHost("mail.example.com")
          .setPort(25)
          .setSecurity(MailSecurity.NONE)
          .setFromAddress("sales@acme.example")
          .setUnsubscribeUrl("https://hooks.example/unsubscribe/{token}")
          .build();

  @Test
  void theLinkNamesContactAndAddressToUsAlone() {
    ActionRequested mail =
        Requests.builder(ActionKind.SEND_EMAIL, "a")
            .setRecipient(new Recipient("7", List.of()))
            .build();

    Map<String, String> headers =
        UnsubscribeWays.headers(mail, OURS, "Anna@example.com", Optional.of(SEAL));

    String header = headers.get("List-Unsubscribe");
    assertThat(header).startsWith("<https://hooks.example/unsubscribe/").endsWith(">");
    String token = header.substring(header.lastIndexOf('/') + 1, header.length() - 1);
    assertThat(SEAL.open(token))
        .contains(new Unsubscription("acme", "main", "7", "Anna@example.com", "a"));
    assertThat(header.toLowerCase(Locale.ROOT)).doesNotContain("anna");
    assertThat(headers).containsEntry("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }

  @Test
  void withoutASecretNoMailPromisesALinkOfOurs() {
    AllowedHost hosts = new AllowedHost(InetAddress::getAllByName, new AddressGuard(List.of()));
    try (MailTransport transport =
        new MailTransport(
            MailSettings.standard(List.of()),
            hosts,
            new Secrets(name -> null),
            Clock.systemUTC(),
            Optional.empty())) {
      SendResult result =
          transport
              .send(Requests.of(ActionKind.SEND_EMAIL, "a"), Means.of(null, null).with(OURS))
              .toCompletableFuture()
              .join();

      assertThat(result.kind()).isEqualTo(SendResult.Kind.FORBIDDEN);
      assertThat(result.reason()).isEqualTo(Reason.CREDENTIALS_MISSING);
      assertThat(result.detail()).contains("--unsubscribe.key");
    }
  }
}
