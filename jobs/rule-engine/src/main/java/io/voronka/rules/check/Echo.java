package io.voronka.rules.check;

import io.voronka.rules.domain.action.Effect;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.trial.SubjectEvents;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ChangeStage;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldWrite;
import io.voronka.schemas.Subject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the CRM tells us of an action that was carried out. Every write is told, also of a value
 * that was there already; only a move to the stage where the lead is tells nothing. Of bots and of
 * webhooks nobody can know.
 */
final class Echo {
  static final String RESPONSIBLE = "responsible_user_id";

  /** Nobody knows an agent's words beforehand, but that there are some. */
  private static final String SOME_ANSWER = "…";

  private Echo() {}

  /** Kinds of events that tell of it. */
  static Set<EventKind> kinds(Effect effect) {
    return switch (effect.kind()) {
      case CHANGE_STAGE -> EnumSet.of(EventKind.LEAD_STAGE_CHANGED, EventKind.LEAD_UPDATED);
      case UPDATE_FIELD ->
          written(effect).containsKey(FieldRef.standard(RESPONSIBLE))
              ? EnumSet.of(EventKind.LEAD_UPDATED, EventKind.LEAD_RESPONSIBLE_CHANGED)
              : EnumSet.of(EventKind.LEAD_UPDATED);
      case ADD_TAGS -> EnumSet.of(EventKind.LEAD_UPDATED);
      case CREATE_TASK -> EnumSet.of(EventKind.TASK_CREATED);
      case ADD_NOTE -> EnumSet.of(EventKind.NOTE_ADDED);
      case SEND_MESSAGE, AI_RESPONSE -> EnumSet.of(EventKind.MESSAGE_SENT);
      default -> EnumSet.noneOf(EventKind.class);
    };
  }

  /**
   * The subject's fields that it writes, with the one text that each gets.
   *
   * @return null for a text that cannot be known, or is not one
   */
  static Map<FieldRef, String> written(Effect effect) {
    Map<FieldRef, String> written = new LinkedHashMap<>();
    if (effect instanceof Effect.MoveStage move) {
      written.put(FieldRef.STAGE, move.stageId());
      if (move.pipelineId() != null) {
        written.put(FieldRef.PIPELINE, move.pipelineId());
      }
    } else if (effect instanceof Effect.WriteFields fields) {
      for (Effect.Write write : fields.writes()) {
        boolean plain =
            write.texts().size() == 1 && write.enums().isEmpty() && write.texts().get(0).constant();
        written.put(whole(write.field()), plain ? write.texts().get(0).toString() : null);
      }
    }
    return written;
  }

  /** The field that a part belongs to: all of its parts are written together. */
  static FieldRef whole(FieldRef field) {
    return new FieldRef(field.naming(), field.name(), FieldRef.Part.TEXT);
  }

  /**
   * The events, in their order.
   *
   * @param present what is known of the subject when it is carried out
   * @param id of the events, without their number
   * @param at epoch milliseconds
   */
  static List<CrmEvent> of(ActionRequested action, SubjectState present, String id, long at) {
    Subject subject =
        new Subject(
            action.getTenantId(),
            action.getAccountId(),
            action.getSubjectType(),
            action.getSubjectId());
    return switch (action.getKind()) {
      case CHANGE_STAGE -> move(action.getChangeStage(), present, subject, id, at);
      case UPDATE_FIELD -> update(action.getUpdateField().getWrites(), present, subject, id, at);
      case ADD_TAGS -> List.of(SubjectEvents.of(EventKind.LEAD_UPDATED, subject, id, at));
      case CREATE_TASK ->
          told(EventKind.TASK_CREATED, action.getCreateTask().getText(), subject, id, at);
      case ADD_NOTE -> told(EventKind.NOTE_ADDED, action.getAddNote().getText(), subject, id, at);
      case SEND_MESSAGE ->
          told(EventKind.MESSAGE_SENT, action.getSendMessage().getText(), subject, id, at);
      case AI_RESPONSE -> told(EventKind.MESSAGE_SENT, SOME_ANSWER, subject, id, at);
      default -> List.of();
    };
  }

  private static List<CrmEvent> told(
      EventKind kind, String text, Subject subject, String id, long at) {
    CrmEvent event = SubjectEvents.of(kind, subject, id, at);
    event.getFields().put("text", text);
    return List.of(event);
  }

  private static List<CrmEvent> move(
      ChangeStage move, SubjectState present, Subject subject, String id, long at) {
    String pipeline = move.getPipelineId() == null ? present.pipelineId() : move.getPipelineId();
    boolean there =
        move.getStatusId().equals(present.stageId())
            && (pipeline == null || pipeline.equals(present.pipelineId()));
    List<CrmEvent> events = new ArrayList<>();
    if (!there) {
      for (EventKind kind : List.of(EventKind.LEAD_STAGE_CHANGED, EventKind.LEAD_UPDATED)) {
        CrmEvent event = SubjectEvents.of(kind, subject, id + '-' + events.size(), at);
        event.getFields().put(FieldRef.STAGE.name(), move.getStatusId());
        if (pipeline != null) {
          event.getFields().put(FieldRef.PIPELINE.name(), pipeline);
        }
        events.add(event);
      }
    }
    return events;
  }

  private static List<CrmEvent> update(
      List<FieldWrite> writes, SubjectState present, Subject subject, String id, long at) {
    CrmEvent update = SubjectEvents.of(EventKind.LEAD_UPDATED, subject, id, at);
    for (FieldWrite write : writes) {
      if (write.getField() != null) {
        update.getFields().put(write.getField(), write.getValues().get(0).getValue());
      } else {
        String name = write.getFieldId() == null ? write.getFieldCode() : write.getFieldId();
        update.getCustomFields().add(SubjectEvents.customField(name, write.getValues()));
      }
    }
    String responsible = update.getFields().get(RESPONSIBLE);
    if (responsible == null || responsible.equals(present.text(RESPONSIBLE))) {
      return List.of(update);
    }
    CrmEvent handed =
        SubjectEvents.of(EventKind.LEAD_RESPONSIBLE_CHANGED, subject, id + "-handed", at);
    handed.getFields().put(RESPONSIBLE, responsible);
    return List.of(handed, update);
  }
}
