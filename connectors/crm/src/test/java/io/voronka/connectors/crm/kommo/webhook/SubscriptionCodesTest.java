package io.voronka.connectors.crm.kommo.webhook;

import static io.voronka.connectors.crm.kommo.webhook.Deliveries.decode;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SubscriptionCodesTest {
  @SuppressWarnings("unused") // by name
  private static final List<String> CODES = SubscriptionCodes.UNDERSTOOD;

  @ParameterizedTest
  @FieldSource("CODES")
  void whatIsAskedForIsUnderstood(String code) {
    Decoded decoded = decode(body(code));

    assertThat(decoded.detail()).isNull();
    assertThat(decoded.events()).hasSize(1);
  }

  @Test
  void noCodeIsAskedForTwice() {
    assertThat(SubscriptionCodes.UNDERSTOOD).doesNotHaveDuplicates().startsWith("add_lead");
  }

  /** As the vendor names what it sends for a code. */
  private static String body(String code) {
    String action = code.substring(0, code.indexOf('_'));
    String entity = code.substring(code.indexOf('_') + 1);
    return switch (entity) {
      case "lead", "contact", "customer" -> entity + "s[" + action + "][0][id]=5";
      case "company" ->
          "contacts[" + action + "][0][id]=5&contacts[" + action + "][0][type]=company";
      // a task's new responsible comes as an update
      case "task" -> "task[" + (action.equals("responsible") ? "update" : action) + "][0][id]=5";
      case "message", "outgoing_message" -> entity + "[" + action + "][0][id]=m-1";
      case "talk" -> "talk[" + action + "][0][talk_id]=5";
      case "chat_template_review" -> "add[0][id]=5&add[0][type]=waba";
      case "unsorted" ->
          "unsorted[" + action + "][0][uid]=u-1&unsorted[" + action + "][0][action]=accept";
      default -> throw new AssertionError("no body is known for " + code);
    };
  }
}
