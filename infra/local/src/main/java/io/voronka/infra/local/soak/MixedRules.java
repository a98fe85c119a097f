package io.voronka.infra.local.soak;

import java.util.List;
import java.util.Locale;

/**
 * Rules for a load of every kind: each lead that enters a stage has two effects, which depend on
 * its account; each message is answered.
 */
final class MixedRules {
  /** The stage that leads enter. */
  static final long DISCUSSION = 64_100_300;

  /** Rules that fire for a lead that enters it. */
  static final int FOR_A_MOVE = 2;

  private static final List<String> EFFECTS =
      List.of(
          "create_task: {text: \"Call {{lead.name}}\", due: 1h}",
          "webhook: {url: \"SANDBOX/hooks/TENANT\", body: \"{{lead.name}}\"}",
          "update_field: {writes: [{field_id: 600001, value: \"{{lead.name}}\"}]}",
          "add_note: {text: \"Note of {{lead.name}}\"}",
          "send_email: {sender: soak, to: TENANT@soak.test, subject: \"{{lead.name}}\", text: Hello}",
          "add_tags: {tags: [soaked]}",
          "run_salesbot: {bot: 9002}",
          "change_stage: {stage: 64100400}");

  private MixedRules() {}

  /**
   * @param herd an account whose leads each have one effect, so many that they share requests
   * @param sandbox its address
   */
  static String documents(
      String tenant, List<String> accounts, String herd, String sandbox, int smtpPort) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        {kind: MailSender, tenant: TENANT, id: soak, host: 127.0.0.1, port: SMTP_PORT, security: none, from: us@soak.test, messagesPerSecond: 20}
        ---
        kind: Rule
        tenant: TENANT
        id: answer-each-message
        name: Every message is answered
        trigger: {event: message_received}
        actions:
          - key: answer
            send_message: {text: "Answer to {{event.text}}"}
        """
            .replace("SMTP_PORT", Integer.toString(smtpPort)));
    for (int i = 0; i < accounts.size(); i++) {
      for (int j = 0; j < FOR_A_MOVE; j++) {
        String effect = EFFECTS.get((i + j * (EFFECTS.size() / 2)) % EFFECTS.size());
        text.append(rule(accounts.get(i), i, j, effect));
      }
    }
    text.append(rule(herd, accounts.size(), 0, EFFECTS.get(2)));
    return text.toString().replace("TENANT", tenant).replace("SANDBOX", sandbox);
  }

  private static String rule(String account, int i, int j, String effect) {
    return String.format(
        Locale.ROOT,
        """
        ---
        kind: Rule
        tenant: TENANT
        id: effect-%02d-%d
        name: Effect %d in account %d
        account: %s
        trigger: {event: lead_stage_changed}
        when: {stage_changed: {to: %d}}
        actions:
          - key: effect
            %s
        """,
        i + 1,
        j + 1,
        j + 1,
        i + 1,
        account,
        DISCUSSION,
        effect);
  }
}
