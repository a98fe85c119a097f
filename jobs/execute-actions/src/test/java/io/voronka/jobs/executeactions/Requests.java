package io.voronka.jobs.executeactions;

import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.AddNote;
import io.voronka.schemas.AddTags;
import io.voronka.schemas.AiResponse;
import io.voronka.schemas.CallWebhook;
import io.voronka.schemas.ChangeStage;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CreateTask;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.FieldWrite;
import io.voronka.schemas.KnownEntity;
import io.voronka.schemas.RunSalesbot;
import io.voronka.schemas.SendEmail;
import io.voronka.schemas.SendMessage;
import io.voronka.schemas.SequenceCall;
import io.voronka.schemas.TenantRow;
import io.voronka.schemas.UpdateField;
import io.voronka.schemas.Urgency;
import java.util.List;
import java.util.Map;

/** Requests and rows of one tenant's account, for tests. */
public final class Requests {
  public static final String TENANT = "acme";
  public static final String ACCOUNT = "main";
  public static final String KEY = "acme|main";
  public static final long NOW = 1_800_000_000_000L;
  public static final long DEADLINE = NOW + 3_600_000;

  private Requests() {}

  /** A request of any kind with its payload, about lead 100. */
  public static ActionRequested of(ActionKind kind, String id) {
    return builder(kind, id).build();
  }

  public static ActionRequested note(String id, String lead) {
    return builder(ActionKind.ADD_NOTE, id).setSubjectId(lead).build();
  }

  public static ActionRequested.Builder builder(ActionKind kind, String id) {
    ActionRequested.Builder request =
        ActionRequested.newBuilder()
            .setId(id)
            .setTenantId(TENANT)
            .setAccountId(ACCOUNT)
            .setSubjectType(EntityType.LEAD)
            .setSubjectId("100")
            .setKind(kind)
            .setActionKey("then")
            .setDecisionId("decision-" + id)
            .setRuleId("rule")
            .setRuleVersion(1L)
            .setEventId("event")
            .setUrgency(Urgency.NORMAL)
            .setDueAt(NOW)
            .setFiredAt(NOW)
            .setNotAfter(DEADLINE);
    return switch (kind) {
      case CHANGE_STAGE -> request.setChangeStage(new ChangeStage("7", "142"));
      case UPDATE_FIELD ->
          request.setUpdateField(
              new UpdateField(
                  List.of(
                      new FieldWrite(
                          null, "575809", null, List.of(new FieldValue("x", null, null))))));
      case CREATE_TASK ->
          request.setCreateTask(new CreateTask("Call " + id, NOW + 600_000, null, null));
      case SEND_MESSAGE -> request.setSendMessage(new SendMessage("Hello " + id, "55"));
      case WEBHOOK ->
          request.setWebhook(
              new CallWebhook(
                  "http://hooks.example.com/in", Map.of(), "application/json", "{}", null));
      case AI_RESPONSE ->
          request
              .setAgentId("anna")
              .setAiResponse(
                  new AiResponse(
                      "Сколько это стоит?",
                      "55",
                      new KnownEntity("100", Map.of(), List.of()),
                      null));
      case SEND_EMAIL ->
          request.setSendEmail(
              new SendEmail("sales", "client@example.com", "Hello", "Hello " + id, null));
      case ADD_NOTE -> request.setAddNote(new AddNote("Note " + id));
      case ADD_TAGS -> request.setAddTags(new AddTags(List.of("vip")));
      case RUN_SALESBOT -> request.setRunSalesbot(new RunSalesbot("9"));
      case START_SEQUENCE, STOP_SEQUENCE -> request.setSequence(new SequenceCall("welcome", null));
      case UNKNOWN -> request;
    };
  }

  /** Takes one of the account's actions back. */
  public static CommandRequested withdrawal(String actionId) {
    return CommandRequested.newBuilder()
        .setCommandId("withdraw-" + actionId)
        .setKind(CommandKind.WITHDRAW)
        .setTenantId(TENANT)
        .setAccountId(ACCOUNT)
        .setEntityType(EntityType.LEAD)
        .setEntityId("100")
        .setActor("voronka")
        .setRequestedAt(NOW)
        .setActionId(actionId)
        .setTarget(KEY)
        .build();
  }

  /** A user of the CRM writes to the client of lead 100. */
  public static CrmEvent spoken(String user, long at) {
    return CrmEvent.newBuilder()
        .setId("spoken-" + user + at)
        .setKind(EventKind.MESSAGE_SENT)
        .setTenantId(TENANT)
        .setAccountId(ACCOUNT)
        .setEntityType(EntityType.MESSAGE)
        .setEntityId("m" + at)
        .setSubjectType(EntityType.LEAD)
        .setSubjectId("100")
        .setReceivedAt(at)
        .setOccurredAt(at)
        .setActorId(user)
        .setFields(Map.of("author.type", "internal"))
        .setLinks(
            List.of(new EntityRef(EntityType.CONTACT, "7"), new EntityRef(EntityType.TALK, "55")))
        .build();
  }

  /** The client of lead 100, contact 7, writes in talk 55. */
  public static CrmEvent heard(String text, long at) {
    return CrmEvent.newBuilder(spoken("1", at))
        .setId("heard-" + at)
        .setKind(EventKind.MESSAGE_RECEIVED)
        .setActorId(null)
        .setFields(Map.of("text", text))
        .build();
  }

  public static TenantRow.Builder tenant() {
    return TenantRow.newBuilder()
        .setTenantId(TENANT)
        .setName("Acme")
        .setTimeZone("Europe/Moscow")
        .setLocale("ru");
  }

  public static AccountRow.Builder account() {
    return AccountRow.newBuilder()
        .setTenantId(TENANT)
        .setAccountId(ACCOUNT)
        .setCrm("kommo")
        .setSubdomain("acme")
        .setVendorAccountId("31000001")
        .setWebhookTokenSha256("00")
        .setApiBaseUrl("http://127.0.0.1:1/kommo/acme")
        .setTokenReference("env:TOKEN");
  }
}
