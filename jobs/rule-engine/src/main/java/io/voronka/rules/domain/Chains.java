package io.voronka.rules.domain;

import io.voronka.rules.domain.subject.StageMove;
import io.voronka.rules.domain.subject.Standing.Echo;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.FieldWrite;
import io.voronka.schemas.StableId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

  private Chains() {}

  /** How deep the view's event is in a chain; 0 when it is nobody's echo. */
  static int depth(SubjectView view, String integrationUserId) {
    List<Echo> expected = view.after().standing().echoes();
    if (expected.isEmpty() || !mayBeOurs(view.event().getActorId(), integrationUserId)) {
      return 0;
    }
    Set<Long> told = told(view);
    int depth = 0;
    for (Echo echo : expected) {
      if (echo.until() >= view.now() && told.contains(echo.write())) {
        depth = Math.max(depth, echo.depth());
      }
    }
    return depth;
  }

  /** What the CRM will tell us once the action is done. */
  static List<Echo> echoes(ActionRequested action, int depth) {
    List<String> writes = new ArrayList<>();
    switch (action.getKind()) {
      case CHANGE_STAGE -> writes.add(stage(action.getChangeStage().getStatusId()));
      case UPDATE_FIELD -> action.getUpdateField().getWrites().forEach(w -> writes.add(field(w)));
      case CREATE_TASK -> writes.add("task=" + action.getCreateTask().getText());
      case ADD_NOTE -> writes.add("note=" + action.getAddNote().getText());
      case SEND_MESSAGE -> writes.add("message=" + action.getSendMessage().getText());
      // The words of an agent's answer are not known here.
      case UNKNOWN, WEBHOOK, SEND_EMAIL, AI_RESPONSE, ADD_TAGS, RUN_SALESBOT -> {}
    }
    return writes.stream()
        .map(write -> new Echo(StableId.fingerprint(write), depth, action.getNotAfter()))
        .toList();
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

  private static Set<Long> told(SubjectView view) {
    CrmEvent event = view.event();
    Set<Long> told = new HashSet<>();
    StageMove move = view.move();
    if (move.entered()) {
      told.add(StableId.fingerprint(stage(move.to())));
    }
    String text = event.getFields().get("text");
    if (text != null) {
      EventKind kind = event.getKind();
      if (kind == EventKind.TASK_CREATED) {
        told.add(StableId.fingerprint("task=" + text));
      } else if (kind == EventKind.NOTE_ADDED) {
        told.add(StableId.fingerprint("note=" + text));
      } else if (kind == EventKind.MESSAGE_SENT) {
        told.add(StableId.fingerprint("message=" + text));
      }
    }
    event
        .getFields()
        .forEach((name, value) -> told.add(StableId.fingerprint("field " + name + '=' + value)));
    for (CustomField field : event.getCustomFields()) {
      String values = '=' + values(field.getValues());
      told.add(StableId.fingerprint("id " + field.getId() + values));
      if (field.getCode() != null) {
        told.add(StableId.fingerprint("code " + field.getCode() + values));
      }
    }
    return told;
  }

  private static String stage(String id) {
    return "stage=" + id;
  }

  private static String field(FieldWrite write) {
    String values = '=' + values(write.getValues());
    if (write.getField() != null) {
      return "field " + write.getField() + values;
    }
    return write.getFieldId() != null
        ? "id " + write.getFieldId() + values
        : "code " + write.getFieldCode() + values;
  }

  private static String values(List<FieldValue> values) {
    return values.stream()
        .map(v -> v.getValue() == null ? v.getEnumId() + "" : v.getValue())
        .collect(Collectors.joining("|"));
  }
}
