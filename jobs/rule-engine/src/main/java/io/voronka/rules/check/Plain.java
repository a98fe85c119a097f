package io.voronka.rules.check;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.action.Effect;
import io.voronka.rules.domain.limit.Limits;
import io.voronka.rules.domain.text.Text;
import java.util.List;

/**
 * A rule as it is played: it is on, nothing limits it, its variables stand for themselves, and only
 * effects that come back from the CRM are left.
 */
final class Plain {
  private Plain() {}

  static Rule of(Rule rule) {
    return new Rule(
        rule.id(),
        rule.name(),
        Rule.Mode.ON,
        rule.priority(),
        rule.stopAfterMatch(),
        rule.account(),
        rule.agent(),
        rule.triggers(),
        rule.atMoments(),
        rule.when(),
        Limits.NONE,
        rule.active(),
        rule.actions().stream()
            .filter(action -> !Echo.kinds(action.effect()).isEmpty())
            .map(Plain::of)
            .toList());
  }

  private static ActionTemplate of(ActionTemplate action) {
    return new ActionTemplate(
        action.pointer(),
        action.key(),
        action.urgency(),
        action.notAfterMillis(),
        of(action.effect()));
  }

  private static Effect of(Effect effect) {
    if (effect instanceof Effect.AskTask task) {
      return new Effect.AskTask(
          of(task.text()), task.dueMillis(), task.taskTypeId(), task.responsibleUserId());
    }
    if (effect instanceof Effect.SayInTalk say) {
      return new Effect.SayInTalk(of(say.text()), say.talkId());
    }
    if (effect instanceof Effect.Answer answer) {
      return new Effect.Answer(of(answer.question()), answer.talkId());
    }
    if (effect instanceof Effect.WriteNote note) {
      return new Effect.WriteNote(of(note.text()));
    }
    if (effect instanceof Effect.WriteFields fields) {
      return new Effect.WriteFields(fields.writes().stream().map(Plain::of).toList());
    }
    return effect;
  }

  private static Effect.Write of(Effect.Write write) {
    List<Text> texts = write.texts().stream().map(Plain::of).toList();
    return new Effect.Write(write.field(), texts, write.enums());
  }

  private static Text of(Text text) {
    return Text.literal(text.toString());
  }
}
