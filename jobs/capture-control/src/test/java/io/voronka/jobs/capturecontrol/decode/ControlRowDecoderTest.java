package io.voronka.jobs.capturecontrol.decode;

import static io.voronka.jobs.capturecontrol.decode.CapturedColumns.account;
import static io.voronka.jobs.capturecontrol.decode.CapturedColumns.agent;
import static io.voronka.jobs.capturecontrol.decode.CapturedColumns.columns;
import static io.voronka.jobs.capturecontrol.decode.CapturedColumns.field;
import static io.voronka.jobs.capturecontrol.decode.CapturedColumns.pipeline;
import static io.voronka.jobs.capturecontrol.decode.CapturedColumns.rule;
import static io.voronka.jobs.capturecontrol.decode.CapturedColumns.ruleSet;
import static io.voronka.jobs.capturecontrol.decode.CapturedColumns.tenant;
import static io.voronka.jobs.capturecontrol.decode.CapturedColumns.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldChoice;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.FrequencyCap;
import io.voronka.schemas.MailSecurity;
import io.voronka.schemas.MailSenderRow;
import io.voronka.schemas.MessageBot;
import io.voronka.schemas.ScriptCategory;
import io.voronka.schemas.ScriptRow;
import io.voronka.schemas.SequenceRow;
import io.voronka.schemas.SigningKeyRow;
import io.voronka.schemas.StageRow;
import io.voronka.schemas.TenantRow;
import io.voronka.schemas.UserRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlRowDecoderTest {
  private final ControlRowDecoder decoder = new ControlRowDecoder();

  @Test
  void readsATenant() throws RejectedRowException {
    ControlChange row = decoder.row("tenants", tenant());

    assertThat(row.getTable()).isEqualTo(ControlTable.TENANTS);
    assertThat(row.getTenant().getName()).isEqualTo("Акме");
    assertThat(row.getTenant().getTimeZone()).isEqualTo("Europe/Moscow");
    assertThat(row.getTenant().getActive()).isTrue();
    assertThat(row.getTenant().getPausedRules()).containsExactly("hello");
    assertThat(row.getTenant().getEffectsPaused()).isFalse();
  }

  @Test
  void readsAnAccountWithAndWithoutItsOwnUser() throws RejectedRowException {
    Map<String, String> columns = account();

    ControlChange with = decoder.row("crm_accounts", columns);
    columns.put("integration_user_id", null);
    ControlChange without = decoder.row("crm_accounts", columns);

    assertThat(with.getAccount().getVendorAccountId()).isEqualTo("28805383");
    assertThat(with.getAccount().getIntegrationUserId()).isEqualTo("77");
    assertThat(with.getAccount().getRequestsPerSecond()).isEqualTo(7);
    assertThat(without.getAccount().getIntegrationUserId()).isNull();
  }

  @Test
  void readsTheBotThatSpeaksForAnAccount() throws RejectedRowException {
    Map<String, String> columns = account();
    assertThat(decoder.row("crm_accounts", columns).getAccount().getMessageBot()).isNull();

    columns.put("message_bot_id", "9001");
    columns.put("message_bot_field_id", "600002");

    assertThat(decoder.row("crm_accounts", columns).getAccount().getMessageBot())
        .isEqualTo(new MessageBot("9001", "600002"));
  }

  @Test
  void readsARuleSetWithItsMembersInOrder() throws RejectedRowException {
    ControlChange row =
        decoder.row(
            "rule_sets",
            ruleSet("[{\"ruleId\": \"b\", \"version\": 2}, {\"version\": 1, \"ruleId\": \"a\"}]"));

    assertThat(row.getRuleSet().getMembers())
        .extracting(member -> member.getRuleId() + member.getVersion())
        .containsExactly("b2", "a1");
    assertThat(row.getRuleSet().getEffectiveAt()).isZero();
  }

  @Test
  void readsThePipelineWithItsStagesInOrder() throws RejectedRowException {
    ControlChange row = decoder.row("crm_pipelines", pipeline());

    assertThat(row.getTable()).isEqualTo(ControlTable.PIPELINES);
    assertThat(row.getPipeline().getPipelineId()).isEqualTo("7300100");
    assertThat(row.getPipeline().getMain()).isTrue();
    assertThat(row.getPipeline().getStages())
        .containsExactly(
            new StageRow("64100100", "Новая", 10, 1), new StageRow("142", "Won", 10000, 0));
  }

  @Test
  void readsAFieldWithItsChoices() throws RejectedRowException {
    FieldRow field = decoder.row("crm_fields", field()).getField();

    assertThat(field.getEntityType()).isEqualTo(EntityType.CONTACT);
    assertThat(field.getCode()).isEqualTo("PHONE");
    assertThat(field.getType()).isEqualTo("multitext");
    assertThat(field.getChoices())
        .containsExactly(
            new FieldChoice("311321", "WORK", 1, "WORK"),
            new FieldChoice("311323", "MOB", 0, null));
  }

  @Test
  void readsAUser() throws RejectedRowException {
    UserRow user = decoder.row("crm_users", user()).getUser();

    assertThat(user).isEqualTo(new UserRow("acme", "main", "11002200", "Анна", null, true, false));
  }

  @Test
  void readsASigningKeyWithItsReferences() throws RejectedRowException {
    SigningKeyRow key =
        decoder.row("signing_keys", signingKey("[\"env:NEW\", \"file:/run/old\"]")).getSigningKey();

    assertThat(key)
        .isEqualTo(new SigningKeyRow("acme", "partner", List.of("env:NEW", "file:/run/old")));
  }

  @Test
  void readsAScript() throws RejectedRowException {
    ScriptRow script = decoder.row("scripts", script("follow_up")).getScript();

    assertThat(script)
        .isEqualTo(
            new ScriptRow(
                "acme",
                "anna",
                "hello",
                "Hello",
                "Hi!",
                ScriptCategory.FOLLOW_UP,
                List.of("142"),
                List.of("hi"),
                "en"));
    assertThatThrownBy(() -> decoder.row("scripts", script("other")))
        .hasMessageContaining("scripts.category");
  }

  private static Map<String, String> script(String category) {
    return Map.of(
        "tenant_id", "acme",
        "agent_id", "anna",
        "script_id", "hello",
        "title", "Hello",
        "body", "Hi!",
        "category", category,
        "stages", "[\"142\"]",
        "key_phrases", "[\"hi\"]",
        "locale", "en");
  }

  @Test
  void readsASequence() throws RejectedRowException {
    assertThat(decoder.row("sequences", sequence()).getSequence())
        .isEqualTo(new SequenceRow("acme", "welcome", 3L, "Welcome", "{}", 0L));
  }

  private static Map<String, String> sequence() {
    return Map.of(
        "tenant_id", "acme",
        "sequence_id", "welcome",
        "version", "3",
        "name", "Welcome",
        "definition", "{}");
  }

  @Test
  void readsAMailSender() throws RejectedRowException {
    MailSenderRow sender = decoder.row("mail_senders", mailSender("starttls")).getMailSender();

    assertThat(sender.getSecurity()).isEqualTo(MailSecurity.STARTTLS);
    assertThat(sender.getPort()).isEqualTo(587);
    assertThat(sender.getPasswordReference()).isEqualTo("env:MAIL");
    assertThat(sender.getReplyTo()).isNull();
    assertThatThrownBy(() -> decoder.row("mail_senders", mailSender("ssl")))
        .hasMessageContaining("mail_senders.security");
  }

  private static Map<String, String> mailSender(String security) {
    Map<String, String> row = new HashMap<>();
    row.put("tenant_id", "acme");
    row.put("sender_id", "sales");
    row.put("host", "smtp.acme.test");
    row.put("port", "587");
    row.put("security", security);
    row.put("user_name", "sales");
    row.put("password_reference", "env:MAIL");
    row.put("from_address", "sales@acme.test");
    row.put("from_name", "Продажи");
    row.put("reply_to", null);
    row.put("unsubscribe_url", null);
    row.put("unsubscribe_address", null);
    row.put("messages_per_second", "5");
    return row;
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[7]", "["})
  void rejectsAListThatIsNone(String list) {
    assertThatThrownBy(() -> decoder.row("signing_keys", signingKey(list)))
        .isInstanceOf(RejectedRowException.class)
        .hasMessageContaining("signing_keys.secret_references");
  }

  private static Map<String, String> optOut() {
    return Map.of("tenant_id", "acme", "recipient", "phone:79991234567");
  }

  @Test
  void limitsOfWhatAClientGetsAreTimesAndNumbers() throws RejectedRowException {
    TenantRow tenant = decoder.row("tenants", tenant()).getTenant();

    assertThat(tenant.getMessageCap()).isEqualTo(new FrequencyCap(3, 86_400_000L));
    assertThat(tenant.getMailCap()).isNull();
    assertThat(tenant.getOptOutWords()).containsExactly("хватит");
    assertThat(decoder.row("agents", agent()).getAgent().getSilentAfterHumanMillis())
        .isEqualTo(7_200_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "3 per week", "0 per 1h", "3 per 1h30m"})
  void aCapThatIsNoneIsRejected(String cap) {
    Map<String, String> columns = tenant();
    columns.put("message_cap", cap);

    assertThatThrownBy(() -> decoder.row("tenants", columns))
        .isInstanceOf(RejectedRowException.class)
        .hasMessageContaining("tenants.message_cap");
  }

  private static Map<String, String> signingKey(String references) {
    return Map.of("tenant_id", "acme", "key_id", "partner", "secret_references", references);
  }

  @Test
  void theKeyIsTheOneThatReadersMake() throws RejectedRowException {
    for (Map.Entry<String, Map<String, String>> row :
        Map.ofEntries(
                Map.entry("tenants", tenant()),
                Map.entry("crm_accounts", account()),
                Map.entry("agents", agent()),
                Map.entry("rules", rule()),
                Map.entry("rule_sets", ruleSet("[]")),
                Map.entry("crm_pipelines", pipeline()),
                Map.entry("crm_fields", field()),
                Map.entry("crm_users", user()),
                Map.entry("signing_keys", signingKey("[]")),
                Map.entry("mail_senders", mailSender("tls")),
                Map.entry("scripts", script("objection")),
                Map.entry("opt_outs", optOut()),
                Map.entry("sequences", sequence()))
            .entrySet()) {
      assertThat(decoder.key(row.getKey(), row.getValue()))
          .isEqualTo(ControlKeys.of(decoder.row(row.getKey(), row.getValue())));
    }
  }

  @Test
  void columnsItDoesNotKnowAreNoConcern() throws RejectedRowException {
    Map<String, String> columns = tenant();
    columns.put("added_later", "x");

    assertThat(decoder.row("tenants", columns)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "tenants, active, yes, BAD_VALUE, tenants.active is neither true nor false",
    "tenants, name, , NULL_VALUE, tenants.name",
    "rules, version, two, BAD_VALUE, rules.version is not a whole number",
    "crm_accounts, requests_per_second, 99999999999, BAD_VALUE, crm_accounts.requests_per_second",
    "rule_sets, members, {, BAD_MEMBERS, not JSON",
    "rule_sets, members, {}, BAD_MEMBERS, not a list",
    "rule_sets, members, [1], BAD_MEMBERS, members[0]",
    "rule_sets, members, '[{\"ruleId\": \"a\", \"version\": 1.5}]', BAD_MEMBERS, members[0]",
    "crm_pipelines, stages, {, BAD_STAGES, crm_pipelines.stages is not JSON",
    "crm_pipelines, stages, {}, BAD_STAGES, not a list",
    "crm_pipelines, stages, '[{\"id\": 142}]', BAD_STAGES, 'stages[0] lacks id or name'",
    "crm_fields, choices, '[{\"id\": \"x\", \"value\": \"x\"}]', BAD_CHOICES, 'choices[0] lacks id or value'",
    "crm_fields, entity_type, customers, BAD_VALUE, crm_fields.entity_type is no kind of entity",
    "orders, id, 1, UNKNOWN_TABLE, orders",
  })
  void namesWhatIsWrong(
      String table, String column, String value, RejectReason reason, String detail) {
    Map<String, String> columns = columns(table);
    columns.put(column, value);

    RejectedRowException rejected =
        catchThrowableOfType(RejectedRowException.class, () -> decoder.row(table, columns));

    assertThat(rejected.reason()).isEqualTo(reason);
    assertThat(rejected).hasMessageContaining(detail);
  }

  @Test
  void namesAMissingColumn() {
    Map<String, String> columns = tenant();
    columns.remove("locale");

    RejectedRowException rejected =
        catchThrowableOfType(RejectedRowException.class, () -> decoder.row("tenants", columns));

    assertThat(rejected.reason()).isEqualTo(RejectReason.MISSING_COLUMN);
    assertThat(rejected).hasMessage("tenants.locale");
  }
}
