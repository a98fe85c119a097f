package io.voronka.rules.explain;

import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.action.Effect;
import io.voronka.rules.domain.subject.Value;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** What a rule does. */
final class EnglishActions {
  private static final long USUAL_MILLIS = 86_400_000;

  private EnglishActions() {}

  static String of(ActionTemplate action) {
    List<String> asides = new ArrayList<>();
    Urgency usual =
        switch (action.effect().kind()) {
          case SEND_MESSAGE, AI_RESPONSE -> Urgency.INTERACTIVE;
          default -> Urgency.NORMAL;
        };
    if (action.urgency() != usual) {
      asides.add(action.urgency().name().toLowerCase(Locale.ROOT) + " urgency");
    }
    if (action.notAfterMillis() != USUAL_MILLIS) {
      asides.add("only within " + English.duration(action.notAfterMillis()));
    }
    String said = effect(action.effect());
    return asides.isEmpty() ? said : said + " (" + String.join(", ", asides) + ')';
  }

  private static String effect(Effect effect) {
    if (effect instanceof Effect.MoveStage move) {
      return "move the lead to stage "
          + EnglishFields.stage(move.stageId())
          + (move.pipelineId() == null ? "" : " in pipeline " + move.pipelineId());
    }
    if (effect instanceof Effect.WriteFields writes) {
      return new English()
          .joined(writes.writes().stream().map(EnglishActions::write).toList(), false);
    }
    if (effect instanceof Effect.AskTask task) {
      return "create the task "
          + quoted(task.text())
          + (task.taskTypeId() == null ? "" : " of type " + task.taskTypeId())
          + " due in "
          + English.duration(task.dueMillis())
          + (task.responsibleUserId() == null ? "" : " for the user " + task.responsibleUserId());
    }
    if (effect instanceof Effect.SayInTalk say) {
      return "send the message "
          + quoted(say.text())
          + (say.talkId() == null ? "" : " in the talk " + say.talkId());
    }
    if (effect instanceof Effect.CallAddress call) {
      return call(call);
    }
    if (effect instanceof Effect.Mail mail) {
      return "send "
          + mail.to()
          + " a mail by the sender "
          + mail.senderId()
          + " with the subject "
          + quoted(mail.subject())
          + " and the text "
          + quoted(mail.text())
          + (mail.html() == null ? "" : " (as HTML " + quoted(mail.html()) + ')');
    }
    if (effect instanceof Effect.Answer answer) {
      return "let the agent answer "
          + quoted(answer.question())
          + (answer.talkId() == null ? "" : " in the talk " + answer.talkId());
    }
    if (effect instanceof Effect.WriteNote note) {
      return "add the note " + quoted(note.text());
    }
    if (effect instanceof Effect.Tag tag) {
      List<String> tags = tag.tags().stream().map(English.WRITTEN::quoted).toList();
      return (tags.size() == 1 ? "add the tag " : "add the tags ")
          + new English().joined(tags, false);
    }
    if (effect instanceof Effect.CallSequence call) {
      return (call.kind() == ActionKind.START_SEQUENCE
              ? "start the sequence "
              : "stop the sequence ")
          + call.sequenceId()
          + (call.key() == null ? "" : " with the key " + quoted(call.key()));
    }
    return "start the bot " + ((Effect.StartBot) effect).botId();
  }

  private static String write(Effect.Write write) {
    List<String> values = new ArrayList<>();
    write.texts().forEach(text -> values.add(English.WRITTEN.plain(text.toString())));
    for (Value value : write.enums()) {
      values.add(
          value.enumId() == null ? "option code " + value.enumCode() : "option " + value.enumId());
    }
    String field = EnglishFields.named(write.field());
    return values.isEmpty()
        ? "clear " + field
        : "set " + field + " to " + new English().joined(values, false);
  }

  private static String call(Effect.CallAddress call) {
    List<String> parts = new ArrayList<>();
    String body = call.body().toString();
    if (!body.isEmpty()) {
      parts.add("the body " + English.WRITTEN.quoted(body));
    }
    if (!call.contentType().equals("application/json")) {
      parts.add("the content type " + call.contentType());
    }
    if (!call.headers().isEmpty()) {
      // Names only: values may be secret.
      parts.add("the headers (" + String.join(", ", new TreeSet<>(call.headers().keySet())) + ')');
    }
    if (call.signWith() != null) {
      parts.add("a signature by the key " + call.signWith());
    }
    String address = "call " + call.url();
    return parts.isEmpty() ? address : address + " with " + new English().joined(parts, false);
  }

  private static String quoted(Object text) {
    return English.WRITTEN.quoted(text.toString());
  }
}
