package io.voronka.jobs.drivesequences;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.drivesequences.domain.SequencesInForce;
import io.voronka.rules.trial.SubjectEvents;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldChoice;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.FieldWrite;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.SequenceRow;
import io.voronka.schemas.Subject;
import io.voronka.schemas.TenantRow;
import io.voronka.schemas.Topics;
import io.voronka.schemas.UpdateField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;

/** Records of tenant acme, and how they are on their topics. */
public final class Records {
  public static final long T0 = 1_760_000_000_000L;
  public static final long DAY = 86_400_000L;

  /** A message, a day, a note; whoever writes leaves. */
  public static final String WELCOME =
      """
      {'id': 'welcome', 'entry': {'event': 'lead_created'}, 'exits': [{'event': 'message_received'}],
       'steps': [{'id': 'hello', 'send_message': {'text': 'Hi {{ lead.name }}'}},
                 {'id': 'day', 'wait': {'for': '1d'}},
                 {'id': 'note', 'kommo_action': {'add_note': {'text': 'A day has passed'}}}]}
      """;

  private static final Map<Class<?>, RecordCodec<?>> CODECS = new HashMap<>();

  private Records() {}

  public static Subject lead(String id) {
    return new Subject("acme", "kommo-1", EntityType.LEAD, id);
  }

  public static CrmEvent event(EventKind kind, String lead, long at) {
    CrmEvent event = SubjectEvents.of(kind, lead(lead), kind + lead + at, at);
    event.setFields(new HashMap<>(Map.of("name", "Lead " + lead)));
    return event;
  }

  public static CrmEvent tick(long at) {
    return CrmEvent.newBuilder().setId("tick").setKind(EventKind.TICK).setReceivedAt(at).build();
  }

  public static ActionCompleted completed(ActionRequested action, ActionOutcome outcome, long at) {
    return ActionCompleted.newBuilder()
        .setActionId(action.getId())
        .setTenantId(action.getTenantId())
        .setAccountId(action.getAccountId())
        .setSubjectType(action.getSubjectType())
        .setSubjectId(action.getSubjectId())
        .setKind(action.getKind())
        .setDecisionId(action.getDecisionId())
        .setEventId(action.getEventId())
        .setStep(action.getStep())
        .setOutcome(outcome)
        .setAttempts(1)
        .setCompletedAt(at)
        .build();
  }

  /** A rule has a lead's name written. */
  public static ActionRequested naming(
      String lead, String name, String eventId, int depth, long at) {
    List<FieldValue> values = List.of(new FieldValue(name, null, null));
    return ActionRequested.newBuilder()
        .setId("naming " + eventId)
        .setTenantId("acme")
        .setAccountId("kommo-1")
        .setSubjectType(EntityType.LEAD)
        .setSubjectId(lead)
        .setKind(ActionKind.UPDATE_FIELD)
        .setActionKey("name")
        .setDecisionId("d")
        .setRuleId("r")
        .setEventId(eventId)
        .setDueAt(at)
        .setFiredAt(at)
        .setNotAfter(at + DAY)
        .setUpdateField(new UpdateField(List.of(new FieldWrite("name", null, null, values))))
        .setChainDepth(depth)
        .build();
  }

  public static CommandRequested command(CommandKind kind, String lead, String id, long at) {
    return CommandRequested.newBuilder()
        .setCommandId(id)
        .setKind(kind)
        .setTenantId("acme")
        .setAccountId("kommo-1")
        .setEntityType(EntityType.LEAD)
        .setEntityId(lead)
        .setSequenceId("welcome")
        .setActor("vera")
        .setRequestedAt(at)
        .build();
  }

  /** Synchronized: a codec belongs to one thread, and takes long to make. */
  @SuppressWarnings("unchecked")
  public static synchronized <T extends SpecificRecordBase> byte[] bytes(T record) {
    Class<T> type = (Class<T>) record.getClass();
    return ((RecordCodec<T>) CODECS.computeIfAbsent(type, t -> RecordCodec.of(type)))
        .encode(record);
  }

  public static RawRecord raw(CrmEvent event, long offset) {
    String key = event.getKind() == EventKind.TICK ? null : Subject.of(event).key();
    return raw(Topics.CRM_EVENTS, key, event, event.getReceivedAt(), offset);
  }

  public static RawRecord raw(ActionCompleted completed, long offset) {
    return raw(
        Topics.ACTIONS_COMPLETED, "acme|kommo-1", completed, completed.getCompletedAt(), offset);
  }

  public static RawRecord raw(CommandRequested command, long offset) {
    return raw(
        Topics.COMMANDS_REQUESTED,
        Subject.of(command).key(),
        command,
        command.getRequestedAt(),
        offset);
  }

  public static RawRecord raw(ActionRequested request, long offset) {
    return raw(Topics.ACTIONS_REQUESTED, "acme|kommo-1", request, request.getFiredAt(), offset);
  }

  private static RawRecord raw(
      String topic, String key, SpecificRecordBase record, long at, long offset) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    return new RawRecord(topic, 0, offset, at, keyBytes, bytes(record));
  }

  public static ControlUpdate tenant() {
    return tenant("acme", "UTC");
  }

  public static ControlUpdate tenant(String id, String zone) {
    TenantRow row =
        TenantRow.newBuilder()
            .setTenantId(id)
            .setName("Acme")
            .setTimeZone(zone)
            .setLocale("en")
            .build();
    return update(change(ControlTable.TENANTS).setTenant(row).build());
  }

  /** Acme's account, into which user 1 writes for us. */
  public static ControlUpdate account() {
    AccountRow row =
        AccountRow.newBuilder()
            .setTenantId("acme")
            .setAccountId("kommo-1")
            .setCrm("kommo")
            .setSubdomain("acme")
            .setVendorAccountId("31337001")
            .setWebhookTokenSha256("00")
            .setApiBaseUrl("http://127.0.0.1:1")
            .setTokenReference("store")
            .setIntegrationUserId("1")
            .build();
    return update(change(ControlTable.ACCOUNTS).setAccount(row).build());
  }

  /**
   * @param definition with single quotes
   */
  public static ControlUpdate sequence(long version, long effectiveAt, String definition) {
    return sequence("acme", "welcome", version, effectiveAt, definition);
  }

  /**
   * @param definition with single quotes
   */
  public static ControlUpdate sequence(
      String tenant, String id, long version, long effectiveAt, String definition) {
    SequenceRow row =
        new SequenceRow(tenant, id, version, "Welcome", definition.replace('\'', '"'), effectiveAt);
    return update(change(ControlTable.SEQUENCES).setSequence(row).build());
  }

  /** A custom field of leads in acme's account. */
  public static ControlUpdate field(
      String id, String type, long effectiveAt, FieldChoice... choices) {
    FieldRow row =
        FieldRow.newBuilder()
            .setTenantId("acme")
            .setAccountId("kommo-1")
            .setEntityType(EntityType.LEAD)
            .setFieldId(id)
            .setName("Field " + id)
            .setType(type)
            .setChoices(List.of(choices))
            .setEffectiveAt(effectiveAt)
            .build();
    return update(change(ControlTable.FIELDS).setField(row).build());
  }

  /**
   * An event that tells a custom field.
   *
   * @param choiceId of a list; null: it is none
   */
  public static CrmEvent telling(CrmEvent event, String fieldId, String value, String choiceId) {
    List<FieldValue> values = List.of(new FieldValue(value, choiceId, null));
    event.setCustomFields(List.of(new CustomField(fieldId, null, "Field " + fieldId, values)));
    return event;
  }

  /** The marker behind a table's rows. */
  public static ControlUpdate complete(ControlTable table, long rows, long generation) {
    return update(
        change(table)
            .setOp(ControlOp.SNAPSHOT_COMPLETE)
            .setGeneration(generation)
            .setRowCount(rows)
            .build());
  }

  /** These rows, and the markers by which a reader knows that they are all. */
  public static List<ControlUpdate> whole(ControlUpdate... rows) {
    List<ControlUpdate> all = new ArrayList<>(List.of(rows));
    for (ControlTable table : new TreeSet<>(SequencesInForce.NEEDED)) {
      long count = Stream.of(rows).filter(row -> row.table() == table).count();
      all.add(complete(table, count, 1));
    }
    return all;
  }

  private static ControlChange.Builder change(ControlTable table) {
    return ControlChange.newBuilder().setTable(table).setOp(ControlOp.UPSERT).setGeneration(1);
  }

  private static ControlUpdate update(ControlChange change) {
    return new ControlUpdate(change.getTable(), ControlKeys.of(change), change);
  }
}
