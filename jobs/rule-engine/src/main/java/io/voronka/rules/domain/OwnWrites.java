package io.voronka.rules.domain;

import io.voronka.rules.domain.subject.CustomFields;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.FieldWrite;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Tag;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Fingerprints of what we have the CRM write, and of what its events tell that was written. Where
 * the words or the value are not told, an event of the right kind has to do.
 */
final class OwnWrites {
  /** A message whose words a script or a model chooses, so that they are not known beforehand. */
  static final long SAID = StableId.fingerprint("said");

  /** The hooks of an entity leave out what is empty, so that a cleared field is not told. */
  static final long CHANGED = StableId.fingerprint("changed");

  /** Fields and tags of one request come in one hook, so that a few are enough to know it. */
  private static final int MOST_OF_ONE = 3;

  private static final String STAGE = "stage=";
  private static final String TASK = "task=";
  private static final String NOTE = "note=";
  private static final String MESSAGE = "message=";
  private static final String TAG = "tag=";
  private static final String FIELD = "field ";
  private static final String FIELD_ID = "id ";
  private static final String FIELD_CODE = "code ";

  /** How a write may name a value; the CRM tells of a chosen one by all that it has. */
  private static final List<Function<FieldValue, String>> NAMES =
      List.of(FieldValue::getValue, FieldValue::getEnumId, FieldValue::getEnumCode);

  private OwnWrites() {}

  /** What the CRM will tell us once the action is done; empty when that cannot be known. */
  static List<Long> of(ActionRequested action, AccountSetting setting) {
    String carrier = setting.messageFieldId();
    return switch (action.getKind()) {
      case CHANGE_STAGE ->
          List.of(StableId.fingerprint(STAGE, action.getChangeStage().getStatusId()));
      case UPDATE_FIELD -> written(action, setting);
      case ADD_TAGS ->
          action.getAddTags().getTags().stream().limit(MOST_OF_ONE).map(OwnWrites::tag).toList();
      case CREATE_TASK -> List.of(text(TASK, action.getCreateTask().getText()));
      case ADD_NOTE -> List.of(text(NOTE, action.getAddNote().getText()));
      case SEND_MESSAGE -> {
        String text = action.getSendMessage().getText();
        long said = text(MESSAGE, text);
        yield carrier == null
            ? List.of(said)
            : List.of(
                said,
                StableId.fingerprint(FIELD_ID, carrier, "=", ToldValue.of(text, setting.zone())));
      }
      case AI_RESPONSE -> carrier == null ? List.of(SAID) : List.of(SAID, CHANGED);
      case UNKNOWN, WEBHOOK, SEND_EMAIL, RUN_SALESBOT, START_SEQUENCE, STOP_SEQUENCE -> List.of();
    };
  }

  /**
   * All writes that the view's event may tell of; zeros behind them.
   *
   * @param zone the tenant's
   */
  static long[] toldBy(SubjectView view, ZoneId zone) {
    CrmEvent event = view.event();
    if (!view.aboutSubject()) {
      // Who is responsible for a task, or what a contact is called, was not written to the lead.
      String made = made(event.getKind());
      String text = made == null ? null : event.getFields().get("text");
      return text == null ? new long[0] : new long[] {text(made, text)};
    }
    Map<String, String> fields = event.getFields();
    List<CustomField> customFields = event.getCustomFields();
    List<Tag> tags = event.getTags() == null ? List.of() : event.getTags();
    int most = 1 + fields.size() + 2 * NAMES.size() * customFields.size() + tags.size();
    long[] told = new long[most];
    int count = 0;
    // Not only the first hook of a move tells of it: rules may listen to the others.
    String stage = event.getEntityType() == EntityType.LEAD ? fields.get("status_id") : null;
    if (stage != null) {
      told[count++] = StableId.fingerprint(STAGE, stage);
    }
    for (Map.Entry<String, String> field : fields.entrySet()) {
      String value = ToldValue.of(field.getValue(), zone);
      told[count++] = StableId.fingerprint(FIELD, field.getKey(), "=", value);
    }
    for (Tag tag : tags) {
      told[count++] = tag(tag.getName());
    }
    for (CustomField field : customFields) {
      for (Function<FieldValue, String> name : NAMES) {
        String values = values(field.getValues(), name, zone);
        if (values != null) {
          told[count++] = StableId.fingerprint(FIELD_ID, field.getId(), "=", values);
          String code = CustomFields.code(field, view.after().customFields());
          if (code != null) {
            told[count++] = StableId.fingerprint(FIELD_CODE, code, "=", values);
          }
        }
      }
    }
    return told;
  }

  /** A write that the event may tell of, for all that is known of it; 0 when there is none. */
  static long perhapsToldBy(SubjectView view) {
    return switch (view.event().getKind()) {
      case MESSAGE_SENT -> SAID;
      case LEAD_UPDATED, CONTACT_UPDATED, COMPANY_UPDATED -> view.aboutSubject() ? CHANGED : 0;
      default -> 0;
    };
  }

  /** What an event of this kind tells that somebody wrote; null when it tells of no text. */
  private static String made(EventKind kind) {
    return switch (kind) {
      case TASK_CREATED -> TASK;
      case NOTE_ADDED -> NOTE;
      case MESSAGE_SENT -> MESSAGE;
      default -> null;
    };
  }

  private static long text(String made, String text) {
    return StableId.fingerprint(made, text.strip());
  }

  /** The CRM knows one tag however it is capitalised. */
  private static long tag(String name) {
    return StableId.fingerprint(TAG, name.strip().toLowerCase(Locale.ROOT));
  }

  private static List<Long> written(ActionRequested action, AccountSetting setting) {
    List<Long> told =
        action.getUpdateField().getWrites().stream()
            .filter(write -> !write.getValues().isEmpty())
            .limit(MOST_OF_ONE)
            .map(write -> written(write, action.getSubjectType(), setting))
            .toList();
    return told.isEmpty() ? List.of(CHANGED) : told;
  }

  private static long written(FieldWrite write, EntityType to, AccountSetting setting) {
    String values = values(write.getValues(), OwnWrites::name, setting.zone());
    if (write.getField() != null) {
      return StableId.fingerprint(FIELD, write.getField(), "=", values);
    }
    String id = write.getFieldId();
    if (id == null) {
      // Hooks always have the id, and the code only of some fields.
      FieldRef byCode = FieldRef.customCode(write.getFieldCode(), FieldRef.Part.TEXT);
      FieldRef byId = setting.surroundings().byId(to, byCode);
      id = byId == null ? null : byId.name();
    }
    return id != null
        ? StableId.fingerprint(FIELD_ID, id, "=", values)
        : StableId.fingerprint(FIELD_CODE, write.getFieldCode(), "=", values);
  }

  /** Null when one of them is not named in this way. */
  private static String values(
      List<FieldValue> values, Function<FieldValue, String> name, ZoneId zone) {
    if (values.size() == 1) {
      String only = name.apply(values.get(0));
      return only == null ? null : ToldValue.of(only, zone);
    }
    List<String> names = new ArrayList<>(values.size());
    for (FieldValue value : values) {
      String named = name.apply(value);
      if (named == null) {
        return null;
      }
      names.add(ToldValue.of(named, zone));
    }
    Collections.sort(names); // The vendor lists several values in any order.
    return String.join("|", names);
  }

  /** The one name that a write gives. */
  private static String name(FieldValue value) {
    if (value.getValue() != null) {
      return value.getValue();
    }
    return value.getEnumId() == null ? value.getEnumCode() : value.getEnumId();
  }
}
