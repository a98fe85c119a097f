package io.voronka.jobs.executeactions.transport.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.jobs.executeactions.transport.address.AddressGuard;
import io.voronka.jobs.executeactions.transport.address.AddressRange;
import io.voronka.jobs.executeactions.transport.address.AllowedHost;
import io.voronka.jobs.executeactions.transport.address.Lookup;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.MailSecurity;
import io.voronka.schemas.MailSenderRow;
import io.voronka.schemas.SendEmail;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MailTransportTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_800_000_000L), ZoneOffset.UTC);
  private static final List<AddressRange> HERE = List.of(AddressRange.parse("127.0.0.0/8"));
  private static final Map<String, String> SECRETS =
      Map.of("RIGHT", TestMailServer.PASSWORD, "WRONG", "guess");

  @TempDir private static Path directory;

  @Test
  void aMailInCyrillicArrivesAsItWasWritten() throws Exception {
    try (TestMailServer server = TestMailServer.in(MailSecurity.NONE, directory)) {
      SendResult result =
          send(
              sender(server, MailSecurity.NONE)
                  .setFromName("Отдел продаж")
                  .setReplyTo("manager@acme.example"),
              mail(
                  "anna@example.com",
                  "Ваше предложение №5 готово",
                  "Здравствуйте!\nЖдём ответа.",
                  null));

      assertThat(result).isEqualTo(SendResult.done(250, "<a@acme.example>"));
      MimeMessage taken = server.taken().get(0);
      assertThat(taken.getSubject()).isEqualTo("Ваше предложение №5 готово");
      assertThat(taken.getContent())
          .asString()
          .isEqualToNormalizingNewlines("Здравствуйте!\nЖдём ответа.");
      assertThat(taken.getFrom()[0])
          .hasToString("=?UTF-8?B?0J7RgtC00LXQuyDQv9GA0L7QtNCw0LY=?= <sales@acme.example>");
      assertThat(taken.getReplyTo()[0]).hasToString("manager@acme.example");
      assertThat(taken.getMessageID()).isEqualTo("<a@acme.example>");
      assertThat(taken.getSentDate()).isEqualTo(CLOCK.instant());
      assertThat(taken.getHeader("List-Unsubscribe")).isNull();
    }
  }

  @Test
  void thoseWhoCanShowHtmlGetItAndTheOthersTheText() throws Exception {
    try (TestMailServer server = TestMailServer.in(MailSecurity.NONE, directory)) {
      send(
          sender(server, MailSecurity.NONE),
          mail("anna@example.com", "Hi", "Привет", "<p>Привет</p>"));

      MimeMultipart parts = (MimeMultipart) server.taken().get(0).getContent();
      assertThat(server.taken().get(0).getContentType()).startsWith("multipart/alternative");
      assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
      assertThat(parts.getBodyPart(0).getContent()).isEqualTo("Привет");
      assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
      assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>Привет</p>");
    }
  }

  @Test
  void oneClickUnsubscribes() throws Exception {
    try (TestMailServer server = TestMailServer.in(MailSecurity.NONE, directory)) {
      send(
          sender(server, MailSecurity.NONE)
              .setUnsubscribeUrl("https://acme.example/u?a={action}&to={recipient}")
              .setUnsubscribeAddress("unsubscribe@acme.example"),
          mail("a+b@example.com", "Hi", "Hi", null));

      MimeMessage taken = server.taken().get(0);
      assertThat(taken.getHeader("List-Unsubscribe")[0].replaceAll("\\s+", " "))
          .isEqualTo(
              "<https://acme.example/u?a=a&to=a%2Bb%40example.com>,"
                  + " <mailto:unsubscribe@acme.example?subject=a>");
      assertThat(taken.getHeader("List-Unsubscribe-Post"))
          .containsExactly("List-Unsubscribe=One-Click");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS", "STARTTLS"})
  void itLogsInUnderTls(MailSecurity security) throws Exception {
    try (TestMailServer server = TestMailServer.in(security, directory)) {
      SendResult result =
          send(
              sender(server, security)
                  .setUserName(TestMailServer.USER)
                  .setPasswordReference("env:RIGHT"),
              mail("anna@example.com", "Hi", "Hi", null),
              List.of("localhost"));

      assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.DONE);
      assertThat(server.taken()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS", "STARTTLS"})
  void aCertificateOfNobodyKnownIsNotTrusted(MailSecurity security) throws Exception {
    try (TestMailServer server = TestMailServer.in(security, directory)) {
      SendResult result =
          send(
              sender(server, security)
                  .setUserName(TestMailServer.USER)
                  .setPasswordReference("env:RIGHT"),
              mail("anna@example.com", "Hi", "Hi", null));

      assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.NOT_DONE);
      assertThat(result.reason()).isEqualTo(Reason.TLS_FAILED);
    }
  }

  @Test
  void aServerWithoutStartTlsGetsNothingInTheClear() throws Exception {
    try (TestMailServer server = TestMailServer.in(MailSecurity.NONE, directory)) {
      SendResult result =
          send(sender(server, MailSecurity.STARTTLS), mail("anna@example.com", "Hi", "Hi", null));

      assertThat(result.reason()).as("%s", result).isEqualTo(Reason.TLS_FAILED);
      assertThat(server.taken()).isEmpty();
    }
  }

  @Test
  void aWrongPasswordIsFinalAndIsNotTold() throws Exception {
    try (TestMailServer server = TestMailServer.in(MailSecurity.STARTTLS, directory)) {
      SendResult result =
          send(
              sender(server, MailSecurity.STARTTLS)
                  .setUserName(TestMailServer.USER)
                  .setPasswordReference("env:WRONG"),
              mail("anna@example.com", "Hi", "Hi", null),
              List.of("localhost"));

      assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.DENIED);
      assertThat(result.reason()).isEqualTo(Reason.UNAUTHORIZED);
      assertThat(result.statusCode()).isEqualTo(535);
      assertThat(result.toString()).doesNotContain("guess");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "anna@550.example, Hi,      DENIED,   RECIPIENT_REJECTED,  550",
    "anna@553.example, Hi,      DENIED,   RECIPIENT_REJECTED,  553",
    "anna@450.example, Hi,      NOT_DONE, RECIPIENT_DEFERRED,  450",
    "anna@451.example, Hi,      NOT_DONE, RECIPIENT_DEFERRED,  451",
    "anna@example.com, spam,    DENIED,   MAIL_REJECTED,       554",
    "anna@example.com, hang up, UNCLEAR,  CONNECTION_LOST,     ",
  })
  void answersAreToldApart(
      String to, String subject, SendResult.Kind kind, Reason reason, Integer code)
      throws Exception {
    try (TestMailServer server = TestMailServer.in(MailSecurity.NONE, directory)) {
      SendResult result = send(sender(server, MailSecurity.NONE), mail(to, subject, "Hi", null));

      assertThat(result.kind()).as("%s", result).isEqualTo(kind);
      assertThat(result.reason()).as("%s", result).isEqualTo(reason);
      assertThat(result.statusCode()).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "anna",
        "@example.com",
        "anna@",
        "anna@exa mple.com",
        "Anna <anna@example.com>",
        "anna@example.com, boris@example.com",
        "anna@example.com\r\nBcc: everybody@example.com",
      })
  void whatIsNoSingleAddressIsRefusedForGood(String to) throws Exception {
    try (TestMailServer server = TestMailServer.in(MailSecurity.NONE, directory)) {
      SendResult result = send(sender(server, MailSecurity.NONE), mail(to, "Hi", "Hi", null));

      assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.DENIED);
      assertThat(result.reason()).isEqualTo(Reason.RECIPIENT_INVALID);
      assertThat(server.taken()).isEmpty();
    }
  }

  @Test
  void aDomainOfAnotherAlphabetIsWrittenInAscii() throws Exception {
    try (TestMailServer server = TestMailServer.in(MailSecurity.NONE, directory)) {
      send(sender(server, MailSecurity.NONE), mail("anna@почта.рф", "Hi", "Hi", null));

      assertThat(server.taken().get(0).getAllRecipients()[0])
          .hasToString("anna@xn--80a1acny.xn--p1ai");
    }
  }

  @Test
  void aLineBreakInASubjectBeginsNoHeader() throws Exception {
    try (TestMailServer server = TestMailServer.in(MailSecurity.NONE, directory)) {
      send(
          sender(server, MailSecurity.NONE),
          mail("anna@example.com", "Hi\r\nBcc: everybody@example.com", "Hi", null));

      assertThat(server.taken().get(0).getSubject()).isEqualTo("Hi Bcc: everybody@example.com");
      assertThat(server.taken().get(0).getHeader("Bcc")).isNull();
    }
  }

  @Test
  void aServerThatSaysNothingIsGivenUpAndHasTakenNothing() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SendResult result =
          send(
              row()
                  .setHost("localhost")
                  .setPort(silent.getLocalPort())
                  .setSecurity(MailSecurity.NONE),
              mail("anna@example.com", "Hi", "Hi", null));

      assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.NOT_DONE);
      assertThat(result.reason()).isEqualTo(Reason.TIMED_OUT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1,   ADDRESS_PRIVATE",
    "169.254.169.254, ADDRESS_METADATA",
    "localhost., HOST_FORM_NOT_ALLOWED",
    "2130706433, HOST_FORM_NOT_ALLOWED",
  })
  void aServerInsideIsRefused(String host, Reason reason) throws Exception {
    SendResult result =
        send(
            row().setHost(host).setPort(25).setSecurity(MailSecurity.NONE),
            mail("anna@example.com", "Hi", "Hi", null));

    assertThat(result.kind()).isEqualTo(SendResult.Kind.FORBIDDEN);
    assertThat(result.reason()).isEqualTo(reason);
  }

  @Test
  void theConnectionGoesToTheAddressThatWasChecked() throws Exception {
    try (TestMailServer server = TestMailServer.in(MailSecurity.NONE, directory)) {
      Lookup once = host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")};
      try (MailTransport transport = transport(List.of(), once)) {
        SendResult result =
            transport
                .send(
                    request(mail("anna@example.com", "Hi", "Hi", null)),
                    Means.of(null, null)
                        .with(sender(server, MailSecurity.NONE).setHost("mail.invalid").build()))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);

        assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.DONE);
      }
    }
  }

  @Test
  void aMailThatIsTooLargeIsRefused() throws Exception {
    SendResult result =
        send(
            row().setHost("localhost").setPort(1).setSecurity(MailSecurity.NONE),
            mail("anna@example.com", "Hi", "я".repeat(5001), null));

    assertThat(result.reason()).isEqualTo(Reason.BODY_TOO_LARGE);
  }

  private static MailSenderRow.Builder sender(TestMailServer server, MailSecurity security) {
    return row().setHost("localhost").setPort(server.port()).setSecurity(security);
  }

  private static MailSenderRow.Builder row() {
    return MailSenderRow.newBuilder()
        .setTenantId("acme")
        .setSenderId("sales")
        .setFromAddress("sales@acme.example");
  }

  private static SendEmail mail(String to, String subject, String text, String html) {
    return new SendEmail("sales", to, subject, text, html);
  }

  private static ActionRequested request(SendEmail mail) {
    return Requests.builder(ActionKind.SEND_EMAIL, "a").setSendEmail(mail).build();
  }

  private static SendResult send(MailSenderRow.Builder sender, SendEmail mail) throws Exception {
    return send(sender, mail, List.of());
  }

  private static SendResult send(MailSenderRow.Builder sender, SendEmail mail, List<String> trusted)
      throws Exception {
    try (MailTransport transport = transport(trusted, InetAddress::getAllByName)) {
      return transport
          .send(request(mail), Means.of(null, null).with(sender.build()))
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    }
  }

  private static MailTransport transport(List<String> trusted, Lookup lookup) {
    return new MailTransport(
        new MailSettings(Duration.ofSeconds(2), Duration.ofSeconds(2), 10_000, trusted),
        new AllowedHost(lookup, new AddressGuard(HERE)),
        new Secrets(SECRETS::get),
        CLOCK,
        Optional.empty());
  }
}
