package io.voronka.sequences.explain;

import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.explain.Explanation;
import io.voronka.rules.explain.Language;
import io.voronka.sequences.domain.ExitReason;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.Sequence.Again;
import io.voronka.sequences.domain.Watch;
import io.voronka.sequences.domain.delay.DailyTime;
import io.voronka.sequences.domain.delay.Delay;
import io.voronka.sequences.domain.step.Step;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A sequence in words: who enters and leaves when, and what each step does and leads to. */
public final class SequenceExplanation {
  private static final Pattern LEVEL =
      Pattern.compile("/(steps|then|on_timeout|otherwise|missed|on_failure)/[0-9]+");

  private final Language language;
  private final Explanation explanation;

  private SequenceExplanation(Language language) {
    this.language = language;
    this.explanation = Explanation.in(language);
  }

  public static SequenceExplanation in(Language language) {
    return new SequenceExplanation(language);
  }

  /** A title, sentences about the whole, and a line for each step, nested ones indented. */
  public List<String> lines(Sequence sequence) {
    List<String> lines = new ArrayList<>();
    lines.add(say(Phrase.TITLE, sequence.name(), sequence.id()));
    about(sequence).forEach(sentence -> lines.add("  " + sentence));
    List<Step> steps = List.copyOf(sequence.steps().values());
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String following = i + 1 < steps.size() ? steps.get(i + 1).id() : null;
      long depth = LEVEL.matcher(step.pointer()).results().count();
      lines.add("  ".repeat((int) depth) + "- " + step.id() + ": " + line(step, following));
    }
    return lines;
  }

  /** What a step does, as a part of a sentence, without where it leads to. */
  public String of(Step step) {
    if (step instanceof Step.Act act) {
      return explanation.of(act.action());
    }
    if (step instanceof Step.Wait wait) {
      return say(Phrase.WAIT, of(wait.delay()));
    }
    return step instanceof Step.WaitFor wait ? of(wait.watch()) : whole(step);
  }

  /** What is watched for, as a part of a sentence: when a message comes in. */
  public String of(Watch watch) {
    String condition = watch.when() == null ? null : explanation.of(watch.when());
    if (watch.events().isEmpty()) {
      return say(Phrase.AS_SOON_AS, condition);
    }
    String events = explanation.when(watch.events());
    return condition == null ? events : say(Phrase.IF, events, condition);
  }

  /** Who enters, and whether once more. */
  List<String> entry(Sequence sequence) {
    List<String> sentences = new ArrayList<>();
    if (sequence.entry().isEmpty()) {
      sentences.add(say(Phrase.BY_HAND));
      return sentences;
    }
    Sequence.Entry entry = sequence.entry().get();
    sentences.add(say(Phrase.ENTERS, of(entry.watch())));
    sentences.add(
        switch (entry.again()) {
          case NEVER -> say(Phrase.AGAIN_NEVER);
          case ALWAYS -> say(Phrase.AGAIN_ALWAYS);
          case AFTER -> say(Phrase.AGAIN_AFTER, explanation.span(entry.afterMillis()));
        });
    if (entry.key() != null) {
      sentences.add(say(Phrase.KEY, entry.key()));
    }
    return sentences;
  }

  /** Whether, and when, somebody may enter once more; empty: nothing limits it. */
  String again(Sequence sequence) {
    Again again = sequence.entry().map(Sequence.Entry::again).orElse(Again.ALWAYS);
    return again == Again.ALWAYS ? "" : entry(sequence).get(1);
  }

  String quoted(String name) {
    return say(Phrase.QUOTED, name);
  }

  private List<String> about(Sequence sequence) {
    List<String> sentences = new ArrayList<>();
    switch (sequence.state()) {
      case ON -> {}
      case CLOSED -> sentences.add(say(Phrase.CLOSED));
      case STOPPED -> sentences.add(say(Phrase.STOPPED));
    }
    sequence.account().ifPresent(account -> sentences.add(say(Phrase.ACCOUNT, account)));
    sequence.agent().ifPresent(agent -> sentences.add(say(Phrase.AGENT, agent)));
    sentences.addAll(entry(sequence));
    List<String> exits = new ArrayList<>(sequence.exits().stream().map(this::exit).toList());
    if (!sequence.stayWhenClosed()) {
      exits.add(say(Phrase.LEAD_CLOSED));
    }
    exits.add(say(Phrase.LEAD_DELETED));
    sentences.add(say(Phrase.LEAVES, String.join("; ", exits)));
    if (sequence.zone() != null) {
      sentences.add(say(Phrase.ZONE, field(sequence.zone())));
    }
    sentences.add(
        switch (sequence.running()) {
          case FINISH -> say(Phrase.RUNNING_FINISH);
          case MOVE -> say(Phrase.RUNNING_MOVE);
          case RESTART -> say(Phrase.RUNNING_RESTART);
        });
    return sentences;
  }

  private String exit(Sequence.Exit exit) {
    String watch = of(exit.watch());
    if (exit.reason() == ExitReason.GOAL) {
      return say(Phrase.GOAL, watch);
    }
    return exit.reason() == ExitReason.OPT_OUT ? say(Phrase.OPT_OUT, watch) : watch;
  }

  private String line(Step step, String following) {
    String text = whole(step);
    boolean goesOn = step instanceof Step.Act || step instanceof Step.Wait;
    boolean elsewhere = step.next() == null ? following != null : !step.next().equals(following);
    return goesOn && elsewhere ? say(Phrase.THEN, text, place(step.next())) : text;
  }

  private String whole(Step step) {
    if (step instanceof Step.Act act) {
      String effect = of(act);
      if (!act.required()) {
        return effect;
      }
      return act.onFailure() == null
          ? say(Phrase.LEAVE_ON_FAILURE, effect)
          : say(Phrase.ON_FAILURE, effect, place(act.onFailure()));
    }
    if (step instanceof Step.Wait wait) {
      String text = of(wait);
      return wait.missed() == null ? text : say(Phrase.MISSED, text, place(wait.missed()));
    }
    if (step instanceof Step.WaitFor wait) {
      return say(
          Phrase.WAIT_FOR,
          of(wait.watch()),
          of(wait.timeout()),
          place(wait.then()),
          place(wait.onTimeout()));
    }
    if (step instanceof Step.Branch branch) {
      String condition = explanation.of(branch.when());
      return say(Phrase.BRANCH, condition, place(branch.then()), place(branch.otherwise()));
    }
    return step instanceof Step.Split split
        ? say(Phrase.SPLIT, parts(split))
        : say(Phrase.GO_TO, place(((Step.GoTo) step).target()));
  }

  private String parts(Step.Split split) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (Step.Split.Part part : split.parts()) {
      BigDecimal percent = BigDecimal.valueOf(part.upTo() - (long) from, 2).stripTrailingZeros();
      parts.add(
          say(Phrase.PART, quoted(part.name()), percent.toPlainString(), place(part.first())));
      from = part.upTo();
    }
    return String.join(", ", parts);
  }

  private String of(Delay delay) {
    List<String> parts = new ArrayList<>();
    if (delay.followsField()) {
      parts.add(date(delay));
    } else if (delay.offsetMillis() > 0) {
      parts.add(explanation.span(delay.offsetMillis()));
    }
    if (delay.at() != null) {
      parts.add(time(delay.at()));
    }
    if (delay.hours() != null) {
      parts.add(say(Phrase.IN_HOURS, explanation.of(delay.hours())));
    }
    if (parts.isEmpty()) {
      return explanation.span(0);
    }
    return parts.stream()
        .skip(1)
        .reduce(parts.get(0), (all, one) -> say(Phrase.AND_THEN, all, one));
  }

  private String date(Delay delay) {
    String field = field(delay.date());
    long offset = delay.offsetMillis();
    if (offset == 0) {
      return say(Phrase.UNTIL_DATE, field);
    }
    return offset < 0
        ? say(Phrase.UNTIL_BEFORE, explanation.span(-offset), field)
        : say(Phrase.UNTIL_AFTER, explanation.span(offset), field);
  }

  private String time(DailyTime at) {
    return at.days().size() == DayOfWeek.values().length
        ? say(Phrase.UNTIL_TIME_ANY_DAY, at.time())
        : say(Phrase.UNTIL_TIME, at.time(), explanation.days(at.days()));
  }

  private String field(FieldRef field) {
    return explanation.of(field);
  }

  /** Where it goes on; the end where there is no step. */
  String place(String stepId) {
    return stepId == null ? say(Phrase.END) : quoted(stepId);
  }

  private String say(Phrase phrase, Object... arguments) {
    return phrase.in(language, arguments);
  }
}
