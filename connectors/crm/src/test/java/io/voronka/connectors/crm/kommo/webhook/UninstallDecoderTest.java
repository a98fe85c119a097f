package io.voronka.connectors.crm.kommo.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.crm.secrets.HmacSignature;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.Subject;
import io.voronka.schemas.WebhookStatus;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UninstallDecoderTest {
  private static final String CLIENT = "00000000-0000-0000-0000-000000000001";

  /** HMAC-SHA256 of {@code CLIENT|31337001} under client_secret_1, computed elsewhere. */
  private static final String SIGNATURE =
      "c712f67b090bd21e088af9ec37821e016925e53609a56a0a1487013a9b7590b6";

  private final UninstallDecoder decoder =
      new UninstallDecoder(Map.of(CLIENT, "client_secret_1", "other", "client_secret_2"));

  @Test
  void aSignedRequestIsAnEventAboutTheAccountItself() {
    Decoded decoded =
        decode("client_uuid=" + CLIENT + "&account_id=31337001&signature=" + SIGNATURE);

    assertThat(decoded.status()).isEqualTo(WebhookStatus.ACCEPTED);
    CrmEvent event = decoded.events().get(0);
    assertThat(event.getKind()).isEqualTo(EventKind.INTEGRATION_UNINSTALLED);
    assertThat(event.getSubjectType()).isEqualTo(EntityType.NONE);
    assertThat(Subject.of(event).key()).isEqualTo("acme-gmbh|acme|NONE|");
    assertThat(event.getOccurredAt()).isNull();
    assertThat(event.getReceivedAt()).isEqualTo(Deliveries.CONTEXT.receivedAt());
    assertThat(event.getFields()).containsExactly(Map.entry("client_uuid", CLIENT));
  }

  @Test
  void theSameWordAgainIsTheSameEvent() {
    String query = "client_uuid=" + CLIENT + "&account_id=31337001&signature=" + SIGNATURE;

    String upperCase = query.replace(SIGNATURE, SIGNATURE.toUpperCase(Locale.ROOT));

    assertThat(decode(upperCase).events().get(0).getId())
        .isEqualTo(decode(query).events().get(0).getId());
  }

  @ParameterizedTest
  @CsvSource({
    // signed, but not for this account: c712… is of 31337001 only
    "CLIENT,31337002,SIGNATURE,BAD_SIGNATURE",
    "other,31337001,SIGNATURE,BAD_SIGNATURE",
    "CLIENT,31337001,00,BAD_SIGNATURE",
    "CLIENT,31337001,'',BAD_SIGNATURE",
    "stranger,31337001,SIGNATURE,UNKNOWN_CLIENT"
  })
  void whatIsNotSignedForThisAccountIsRejected(
      String client, String account, String signature, RejectionReason reason) {
    Decoded decoded =
        decode(
            ("client_uuid=" + client + "&account_id=" + account + "&signature=" + signature)
                .replace("CLIENT", CLIENT)
                .replace("SIGNATURE", SIGNATURE));

    assertThat(decoded.rejection()).isEqualTo(reason);
    assertThat(decoded.events()).isEmpty();
    assertThat(decoded.detail()).doesNotContain("client_secret").doesNotContain(SIGNATURE);
  }

  @Test
  void aGoodSignatureOfAnotherAccountIsAMismatch() {
    String signature = HmacSignature.of("client_secret_1", CLIENT + "|31337009");

    Decoded decoded =
        decode("client_uuid=" + CLIENT + "&account_id=31337009&signature=" + signature);

    assertThat(decoded.rejection()).isEqualTo(RejectionReason.ACCOUNT_MISMATCH);
    assertThat(decoded.detail()).contains("31337009").contains("31337001");
  }

  @ParameterizedTest
  @CsvSource({
    "account_id=31337001&signature=ab",
    "client_uuid=c&signature=ab",
    "client_uuid=c&account_id=1",
    "''",
    "%00=&&=&[[]]="
  })
  void partsThatAreMissingAreNamed(String query) {
    assertThat(decode(query).rejection()).isEqualTo(RejectionReason.MISSING_PARAMETER);
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(decoder.toString()).contains(CLIENT).doesNotContain("client_secret_1");
  }

  private Decoded decode(String query) {
    return decoder.decode(Deliveries.CONTEXT, query.getBytes(StandardCharsets.UTF_8));
  }
}
