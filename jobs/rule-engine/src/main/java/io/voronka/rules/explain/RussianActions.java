package io.voronka.rules.explain;

import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.action.Effect;
import io.voronka.rules.domain.subject.Value;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a rule does. */
final class RussianActions {
  private static final long USUAL_MILLIS = 86_400_000;

  private RussianActions() {}

  static String of(ActionTemplate action) {
    List<String> asides = new ArrayList<>();
    Urgency usual =
        switch (action.effect().kind()) {
          case SEND_MESSAGE, AI_RESPONSE -> Urgency.INTERACTIVE;
          default -> Urgency.NORMAL;
        };
    if (action.urgency() != usual) {
      asides.add(urgency(action.urgency()));
    }
    if (action.notAfterMillis() != USUAL_MILLIS) {
      asides.add("не позже чем через " + RussianSpans.accusative(action.notAfterMillis()));
    }
    String said = effect(action.effect());
    return asides.isEmpty() ? said : said + " (" + String.join(", ", asides) + ')';
  }

  private static String urgency(Urgency urgency) {
    return switch (urgency) {
      case INTERACTIVE -> "срочно";
      case BULK -> "в последнюю очередь";
      default -> "в обычном порядке";
    };
  }

  private static String effect(Effect effect) {
    if (effect instanceof Effect.MoveStage move) {
      return "перевести сделку на этап "
          + RussianFields.stage(move.stageId())
          + (move.pipelineId() == null ? "" : " в воронке " + move.pipelineId());
    }
    if (effect instanceof Effect.WriteFields writes) {
      return new Russian()
          .joined(writes.writes().stream().map(RussianActions::write).toList(), false);
    }
    if (effect instanceof Effect.AskTask task) {
      return "создать задачу "
          + quoted(task.text())
          + (task.taskTypeId() == null ? "" : " типа " + task.taskTypeId())
          + " со сроком через "
          + RussianSpans.accusative(task.dueMillis())
          + (task.responsibleUserId() == null
              ? ""
              : " для пользователя " + task.responsibleUserId());
    }
    if (effect instanceof Effect.SayInTalk say) {
      return "отправить сообщение "
          + quoted(say.text())
          + (say.talkId() == null ? "" : " в беседу " + say.talkId());
    }
    if (effect instanceof Effect.CallAddress call) {
      return call(call);
    }
    if (effect instanceof Effect.Mail mail) {
      return "отправить письмо на адрес "
          + mail.to()
          + " через отправителя "
          + mail.senderId()
          + " с темой "
          + quoted(mail.subject())
          + " и текстом "
          + quoted(mail.text())
          + (mail.html() == null ? "" : " (в HTML: " + quoted(mail.html()) + ')');
    }
    if (effect instanceof Effect.Answer answer) {
      return "поручить агенту ответить на "
          + quoted(answer.question())
          + (answer.talkId() == null ? "" : " в беседе " + answer.talkId());
    }
    if (effect instanceof Effect.WriteNote note) {
      return "добавить примечание " + quoted(note.text());
    }
    if (effect instanceof Effect.Tag tag) {
      List<String> tags = tag.tags().stream().map(Russian.WRITTEN::quoted).toList();
      return (tags.size() == 1 ? "добавить тег " : "добавить теги ")
          + new Russian().joined(tags, false);
    }
    if (effect instanceof Effect.CallSequence call) {
      return (call.kind() == ActionKind.START_SEQUENCE
              ? "запустить цепочку "
              : "остановить цепочку ")
          + call.sequenceId()
          + (call.key() == null ? "" : " с ключом " + quoted(call.key()));
    }
    return "запустить бота " + ((Effect.StartBot) effect).botId();
  }

  private static String write(Effect.Write write) {
    List<String> values = new ArrayList<>();
    write.texts().forEach(text -> values.add(Russian.WRITTEN.plain(text.toString())));
    for (Value value : write.enums()) {
      values.add(
          value.enumId() == null
              ? "вариант с кодом " + value.enumCode()
              : "вариант " + value.enumId());
    }
    String field = RussianFields.named(write.field()).accusative();
    return values.isEmpty()
        ? "очистить " + field
        : "изменить " + field + " на " + new Russian().joined(values, false);
  }

  private static String call(Effect.CallAddress call) {
    List<String> parts = new ArrayList<>();
    String body = call.body().toString();
    if (!body.isEmpty()) {
      parts.add("тело " + Russian.WRITTEN.quoted(body));
    }
    if (!call.contentType().equals("application/json")) {
      parts.add("тип содержимого " + call.contentType());
    }
    if (!call.headers().isEmpty()) {
      // Names only: values may be secret.
      parts.add("заголовки (" + String.join(", ", new TreeSet<>(call.headers().keySet())) + ')');
    }
    if (call.signWith() != null) {
      parts.add("подпись ключом " + call.signWith());
    }
    String address = "вызвать " + call.url();
    return parts.isEmpty()
        ? address
        : address + " с параметрами: " + new Russian().joined(parts, false);
  }

  private static String quoted(Object text) {
    return Russian.WRITTEN.quoted(text.toString());
  }
}
