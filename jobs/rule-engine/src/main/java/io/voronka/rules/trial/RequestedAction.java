package io.voronka.rules.trial;

import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CallWebhook;
import io.voronka.schemas.ChangeStage;
import io.voronka.schemas.CreateTask;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.FieldWrite;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An action that was asked for, with its texts filled in.
 *
 * @param key of the action in its rule
 * @param kind as a definition names it: send_message
 * @param fields by their path below the kind, as a definition has them: {@code text}, {@code
 *     writes/0/value}; moments are by the tenant's clocks
 */
public record RequestedAction(String key, String kind, Map<String, String> fields) {

  static RequestedAction of(ActionRequested action, ZoneId zone) {
    Map<String, String> fields = new LinkedHashMap<>();
    changeStage(action.getChangeStage(), fields);
    if (action.getUpdateField() != null) {
      List<FieldWrite> writes = action.getUpdateField().getWrites();
      for (int i = 0; i < writes.size(); i++) {
        write(writes.get(i), "writes/" + i + '/', fields);
      }
    }
    createTask(action.getCreateTask(), zone, fields);
    if (action.getSendMessage() != null) {
      put(fields, "text", action.getSendMessage().getText());
      put(fields, "talk", action.getSendMessage().getTalkId());
    }
    webhook(action.getWebhook(), fields);
    if (action.getAddNote() != null) {
      put(fields, "text", action.getAddNote().getText());
    }
    if (action.getAddTags() != null) {
      putAll(fields, "tags", action.getAddTags().getTags());
    }
    if (action.getRunSalesbot() != null) {
      put(fields, "bot", action.getRunSalesbot().getBotId());
    }
    if (action.getSequence() != null) {
      put(fields, "sequence", action.getSequence().getSequenceId());
      put(fields, "key", action.getSequence().getRunKey());
    }
    return new RequestedAction(
        action.getActionKey(), action.getKind().name().toLowerCase(Locale.ROOT), fields);
  }

  private static void changeStage(ChangeStage move, Map<String, String> fields) {
    if (move != null) {
      put(fields, "stage", move.getStatusId());
      put(fields, "pipeline", move.getPipelineId());
    }
  }

  private static void write(FieldWrite write, String path, Map<String, String> fields) {
    put(fields, path + "field", write.getField());
    put(fields, path + "field_id", write.getFieldId());
    put(fields, path + "field_code", write.getFieldCode());
    List<FieldValue> values = write.getValues();
    List<String> texts = values.stream().map(FieldValue::getValue).toList();
    if (values.isEmpty()) {
      put(fields, path + "clear", "1");
    } else if (values.size() == 1 && texts.get(0) != null) {
      put(fields, path + "value", texts.get(0));
    } else {
      putAll(fields, path + "values", texts);
      putAll(fields, path + "enum_ids", values.stream().map(FieldValue::getEnumId).toList());
      putAll(fields, path + "enum_codes", values.stream().map(FieldValue::getEnumCode).toList());
    }
  }

  private static void createTask(CreateTask task, ZoneId zone, Map<String, String> fields) {
    if (task != null) {
      put(fields, "text", task.getText());
      put(
          fields,
          "due",
          Instant.ofEpochMilli(task.getCompleteTill()).atZone(zone).toLocalDateTime().toString());
      put(fields, "task_type", task.getTaskTypeId());
      put(fields, "responsible_user", task.getResponsibleUserId());
    }
  }

  private static void webhook(CallWebhook call, Map<String, String> fields) {
    if (call != null) {
      put(fields, "url", call.getUrl());
      call.getHeaders().forEach((name, value) -> put(fields, "headers/" + name, value));
      put(fields, "content_type", call.getContentType());
      put(fields, "body", call.getBody());
    }
  }

  private static void putAll(Map<String, String> fields, String path, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      put(fields, path + '/' + i, values.get(i));
    }
  }

  private static void put(Map<String, String> fields, String path, String value) {
    if (value != null) {
      fields.put(path, value);
    }
  }

  @Override
  public String toString() {
    StringBuilder words = new StringBuilder(key).append(": ").append(kind);
    fields.forEach(
        (path, value) -> words.append(' ').append(path).append('=').append(quoted(value)));
    return words.toString();
  }

  /** On one line. */
  static String quoted(String value) {
    return '"' + value.replace("\n", "\\n") + '"';
  }
}
