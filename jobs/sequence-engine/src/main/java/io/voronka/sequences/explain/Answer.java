package io.voronka.sequences.explain;

import io.voronka.rules.explain.Language;
import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.domain.Refusal;
import io.voronka.sequences.history.Standing;
import io.voronka.sequences.history.Standings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a lead is in a sequence, and why, or why it is not.
 *
 * @param standings its runs that are inside; where there is none, the one that left last
 * @param refusal the last time that it was not let in, after all runs; empty: never
 * @param history all records, in the order in which they came
 * @param whole false: the oldest records are gone
 */
public record Answer(
    String leadId,
    Reason reason,
    List<Standing> standings,
    Optional<SequenceProgressed> refusal,
    List<SequenceProgressed> history,
    Knowledge known,
    boolean whole) {

  /** What the answer comes to. */
  public enum Reason {
    INSIDE,
    LEFT,
    /** It was never inside, and not let in. */
    REFUSED,
    NO_RECORD
  }

  public Answer {
    standings = List.copyOf(standings);
    history = List.copyOf(history);
  }

  /**
   * Answers from the records.
   *
   * @param records of the lead in the sequence, in the order of their topic, some perhaps twice
   * @param at as things stood then, the log's time, epoch milliseconds
   * @param whole false: the oldest records of the topic are gone
   */
  public static Answer of(
      String leadId, List<SequenceProgressed> records, long at, Knowledge known, boolean whole) {
    Map<String, SequenceProgressed> once = new LinkedHashMap<>();
    records.stream()
        .filter(record -> record.getFiredAt() <= at)
        .forEach(record -> once.putIfAbsent(record.getId() + record.getUntil(), record));
    Standings all = new Standings();
    once.values().forEach(all::add);
    List<Standing> inside = all.all().stream().filter(Standing::inside).toList();
    Optional<Standing> left =
        all.all().stream()
            .filter(standing -> !standing.inside())
            .max(Comparator.comparingLong(Standing::since));
    List<Standing> told = inside.isEmpty() ? left.stream().toList() : inside;
    Optional<SequenceProgressed> refusal =
        inside.isEmpty() ? refusal(once, left) : Optional.empty();
    return new Answer(
        leadId,
        reason(inside, left, refusal),
        told,
        refusal,
        List.copyOf(once.values()),
        known,
        whole);
  }

  /** One sentence for each run, and what belongs to it. */
  public String text(Language language) {
    HistoryText words = new HistoryText(known, language);
    String name = SequenceExplanation.in(language).quoted(known.name());
    List<String> sentences = new ArrayList<>();
    for (Standing standing : standings) {
      sentences.add(
          standing.inside()
              ? inside(standing, name, words, language)
              : left(standing, name, words, language));
    }
    String text = String.join(" ", sentences);
    return switch (reason) {
      case INSIDE -> text;
      case LEFT -> text + refused(HistoryPhrase.REFUSED_SINCE, words, language);
      case REFUSED -> refused(name, words, language);
      case NO_RECORD -> noRecord(name, language);
    };
  }

  /** A line for each record, with its time. */
  public List<String> timeline(Language language) {
    HistoryText words = new HistoryText(known, language);
    return history.stream()
        .map(one -> words.time(one.getFiredAt()) + "  " + words.of(one))
        .toList();
  }

  private static Reason reason(
      List<Standing> inside, Optional<Standing> left, Optional<SequenceProgressed> refusal) {
    if (!inside.isEmpty()) {
      return Reason.INSIDE;
    }
    if (left.isPresent()) {
      return Reason.LEFT;
    }
    return refusal.isPresent() ? Reason.REFUSED : Reason.NO_RECORD;
  }

  private static Optional<SequenceProgressed> refusal(
      Map<String, SequenceProgressed> records, Optional<Standing> left) {
    return records.values().stream()
        .filter(one -> one.getKind() == ProgressKind.REFUSED)
        .filter(one -> Refusal.of(one.getReason()).map(Refusal::ofEntry).orElse(true))
        .filter(one -> left.isEmpty() || one.getFiredAt() >= left.get().since())
        .reduce((first, second) -> second);
  }

  private String inside(Standing standing, String name, HistoryText words, Language language) {
    String since =
        standing
            .entered()
            .map(entry -> words.time(entry.getFiredAt()) + words.cause(entry.getCauseId()))
            .orElse("");
    HistoryPhrase phrase =
        since.isEmpty() ? HistoryPhrase.IS_INSIDE_UNKNOWN : HistoryPhrase.IS_INSIDE;
    return phrase.in(
        language, leadId, name, version(standing, language), since, words.of(standing));
  }

  private String left(Standing standing, String name, HistoryText words, Language language) {
    SequenceProgressed exited = standing.placed();
    String step = exited.getStepId();
    String in =
        step == null
            ? ""
            : HistoryPhrase.IN_STEP.in(language, SequenceExplanation.in(language).quoted(step));
    String sentence =
        HistoryPhrase.HAS_LEFT.in(
            language,
            leadId,
            name,
            version(standing, language),
            words.time(exited.getFiredAt()),
            in,
            words.exit(exited));
    return sentence
        + standing
            .entered()
            .map(entry -> words.time(entry.getFiredAt()) + words.cause(entry.getCauseId()))
            .map(entry -> HistoryPhrase.HAD_ENTERED.in(language, entry))
            .orElse("");
  }

  private static String version(Standing standing, Language language) {
    String version = Long.toString(standing.version());
    return standing.runKey() == null
        ? version
        : HistoryPhrase.RUN_KEY.in(
            language, version, SequenceExplanation.in(language).quoted(standing.runKey()));
  }

  private String refused(String name, HistoryText words, Language language) {
    SequenceProgressed last = refusal.orElseThrow();
    String when = words.time(last.getFiredAt()) + words.cause(last.getCauseId());
    return HistoryPhrase.WAS_REFUSED.in(language, leadId, name, when, words.refusal(last))
        + again(last, language)
        + gone(language);
  }

  private String refused(HistoryPhrase phrase, HistoryText words, Language language) {
    return refusal
        .map(
            last ->
                phrase.in(
                        language,
                        words.time(last.getFiredAt()) + words.cause(last.getCauseId()),
                        words.refusal(last))
                    + again(last, language))
        .orElse("");
  }

  private String again(SequenceProgressed last, Language language) {
    boolean before = Refusal.ENTERED_BEFORE.written().equals(last.getReason());
    String rule =
        known.newest().map(sequence -> SequenceExplanation.in(language).again(sequence)).orElse("");
    return before && !rule.isEmpty() ? " " + rule : "";
  }

  private String noRecord(String name, Language language) {
    String entry =
        known
            .newest()
            .map(sequence -> " " + SequenceExplanation.in(language).entry(sequence).get(0))
            .orElse("");
    return HistoryPhrase.NO_RECORD.in(language, leadId, name) + entry + gone(language);
  }

  private String gone(Language language) {
    return whole ? "" : HistoryPhrase.NOT_WHOLE.in(language);
  }
}
