package io.voronka.rules.domain;

import io.voronka.rules.domain.subject.CustomFields;
import io.voronka.rules.domain.subject.Standing.Echo;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.FieldWrite;
import io.voronka.schemas.StableId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Rules that cause each other. The CRM tells us of our own writes and does not say that they are
 * ours, so each requested write is remembered as an expected echo; an event that matches one, by
 * the integration's user, is one deeper in the chain than the event that caused the write.
 */
final class Chains {
  /** A rule is not fired by an event that is so deep in a chain. */
  static final int DEEPEST = 5;

  private static final int MOST_ECHOES = 32;
  private static final String ROBOT = "0";

  private static final String STAGE = "stage=";
  private static final String TASK = "task=";
  private static final String NOTE = "note=";
  private static final String MESSAGE = "message=";
  private static final String FIELD = "field ";
  private static final String FIELD_ID = "id ";
  private static final String FIELD_CODE = "code ";

  /** How a write may name a value; the CRM tells of a chosen one by all that it has. */
  private static final List<Function<FieldValue, String>> NAMES =
      List.of(FieldValue::getValue, FieldValue::getEnumId, FieldValue::getEnumCode);

  private Chains() {}

  /** How deep the view's event is in a chain; 0 when it is nobody's echo. */
  static int depth(SubjectView view, AccountSetting setting) {
    List<Echo> expected = view.after().standing().echoes();
    if (expected.isEmpty() || !mayBeOurs(view.event().getActorId(), setting.integrationUserId())) {
      return 0;
    }
    long[] told = told(view, setting.zone());
    int depth = 0;
    for (Echo echo : expected) {
      if (echo.depth() > depth && echo.until() >= view.now() && contains(told, echo.write())) {
        depth = echo.depth();
      }
    }
    return depth;
  }

  /**
   * What the CRM will tell us once the action is done.
   *
   * @param zone the tenant's
   */
  static List<Echo> echoes(ActionRequested action, int depth, ZoneId zone) {
    long until = action.getNotAfter();
    return switch (action.getKind()) {
      case CHANGE_STAGE -> {
        String stage = action.getChangeStage().getStatusId();
        yield List.of(new Echo(StableId.fingerprint(STAGE, stage), depth, until));
      }
      case UPDATE_FIELD ->
          action.getUpdateField().getWrites().stream()
              .map(write -> new Echo(written(write, zone), depth, until))
              .toList();
      case CREATE_TASK -> text(TASK, action.getCreateTask().getText(), depth, until);
      case ADD_NOTE -> text(NOTE, action.getAddNote().getText(), depth, until);
      case SEND_MESSAGE -> text(MESSAGE, action.getSendMessage().getText(), depth, until);
      // The words of an agent's answer are not known here.
      case UNKNOWN,
          WEBHOOK,
          SEND_EMAIL,
          AI_RESPONSE,
          ADD_TAGS,
          RUN_SALESBOT,
          START_SEQUENCE,
          STOP_SEQUENCE ->
          List.of();
    };
  }

  private static List<Echo> text(String made, String text, int depth, long until) {
    return List.of(new Echo(StableId.fingerprint(made, text), depth, until));
  }

  /** Those that are still expected, with more, the newest last. */
  static List<Echo> remembered(List<Echo> known, List<Echo> more, long now) {
    if (more.isEmpty() && known.isEmpty()) {
      return known;
    }
    List<Echo> kept = new ArrayList<>(known);
    kept.removeIf(echo -> echo.until() < now);
    kept.addAll(more);
    return kept.size() > MOST_ECHOES
        ? List.copyOf(kept.subList(kept.size() - MOST_ECHOES, kept.size()))
        : kept;
  }

  /** The vendor may name no user, or a robot, for what came through its interface. */
  private static boolean mayBeOurs(String actorId, String integrationUserId) {
    return actorId == null
        || integrationUserId == null
        || actorId.equals(ROBOT)
        || actorId.equals(integrationUserId);
  }

  /** All writes that the view's event may tell of; zeros behind them. */
  private static long[] told(SubjectView view, ZoneId zone) {
    CrmEvent event = view.event();
    Map<String, String> fields = event.getFields();
    List<CustomField> customFields = event.getCustomFields();
    long[] told = new long[2 + fields.size() + 2 * NAMES.size() * customFields.size()];
    int count = 0;
    // Not only the first hook of a move tells of it: rules may listen to the others.
    String stage = event.getEntityType() == EntityType.LEAD ? fields.get("status_id") : null;
    if (stage != null) {
      told[count++] = StableId.fingerprint(STAGE, stage);
    }
    String made = made(event.getKind());
    String text = made == null ? null : fields.get("text");
    if (text != null) {
      told[count++] = StableId.fingerprint(made, text);
    }
    for (Map.Entry<String, String> field : fields.entrySet()) {
      String value = ToldValue.of(field.getValue(), zone);
      told[count++] = StableId.fingerprint(FIELD, field.getKey(), "=", value);
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

  private static boolean contains(long[] told, long write) {
    for (long one : told) {
      if (one == write) {
        return true;
      }
    }
    return false;
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

  private static long written(FieldWrite write, ZoneId zone) {
    String values = values(write.getValues(), Chains::name, zone);
    if (write.getField() != null) {
      return StableId.fingerprint(FIELD, write.getField(), "=", values);
    }
    return write.getFieldId() != null
        ? StableId.fingerprint(FIELD_ID, write.getFieldId(), "=", values)
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
