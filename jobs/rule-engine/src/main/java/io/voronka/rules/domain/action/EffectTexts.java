package io.voronka.rules.domain.action;

import io.voronka.rules.domain.text.Text;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The texts of an action. */
public final class EffectTexts {
  private EffectTexts() {}

  /** All that have to be filled before it can be asked for. */
  public static List<Text> of(Effect effect) {
    if (effect instanceof Effect.WriteFields fields) {
      return fields.writes().stream().flatMap(write -> write.texts().stream()).toList();
    }
    if (effect instanceof Effect.AskTask task) {
      return List.of(task.text());
    }
    if (effect instanceof Effect.SayInTalk message) {
      return List.of(message.text());
    }
    if (effect instanceof Effect.CallAddress call) {
      return List.of(call.body());
    }
    if (effect instanceof Effect.Mail mail) {
      return Stream.of(mail.to(), mail.subject(), mail.text(), mail.html())
          .filter(Objects::nonNull)
          .toList();
    }
    if (effect instanceof Effect.Answer answer) {
      return List.of(answer.question());
    }
    if (effect instanceof Effect.CallSequence call) {
      return Stream.ofNullable(call.key()).toList();
    }
    return effect instanceof Effect.WriteNote note ? List.of(note.text()) : List.of();
  }
}
