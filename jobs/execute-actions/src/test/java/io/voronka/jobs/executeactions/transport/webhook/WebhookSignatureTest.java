package io.voronka.jobs.executeactions.transport.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookSignatureTest {
  private static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  /** The example that the libraries of the specification are tested with. */
  @Test
  void theSignatureIsThatOfTheSpecification() throws Exception {
    byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    String signature =
        WebhookSignature.of(
            List.of(WebhookSignature.key("whsec_" + SECRET)),
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330L,
            body);

    assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void thePrefixOfASecretMayBeLeftOut() throws Exception {
    assertThat(WebhookSignature.key(SECRET))
        .isEqualTo(WebhookSignature.key("whsec_" + SECRET))
        .isEqualTo(Base64.getDecoder().decode(SECRET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"whsec_", "whsec_QUFB", "not base64 at all, and long enough for it"})
  void otherSecretsAreNoneAndAreNotRepeated(String secret) {
    assertThatThrownBy(() -> WebhookSignature.key(secret))
        .isInstanceOf(WebhookSignature.BadSecretException.class)
        .hasMessageContaining("Base64 of 24 to 64 bytes")
        .hasMessageNotContaining("QUFB")
        .hasNoCause();
  }
}
