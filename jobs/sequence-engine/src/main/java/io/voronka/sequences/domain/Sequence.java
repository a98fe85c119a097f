package io.voronka.sequences.domain;

import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.catalogue.Typing;
import io.voronka.rules.domain.catalogue.Unfit;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.text.Text;
import io.voronka.sequences.domain.step.Step;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A sequence as its author means it. Immutable.
 *
 * @param zone a field of the lead that holds its time zone; null: the tenant's counts
 * @param running what becomes of those inside when this version is published
 * @param entry empty: whom a rule or a person lets in
 * @param exits in the order in which they are asked
 * @param stayWhenClosed a lead that is won or lost does not leave
 * @param first id of the first step
 * @param steps by id, in the order of the definition
 */
public record Sequence(
    String id,
    String name,
    State state,
    Optional<String> account,
    Optional<String> agent,
    FieldRef zone,
    Running running,
    Optional<Entry> entry,
    List<Exit> exits,
    boolean stayWhenClosed,
    String first,
    Map<String, Step> steps) {

  /** Who may be inside. */
  public enum State {
    ON,
    /** Nobody is let in. */
    CLOSED,
    /** Everybody leaves. */
    STOPPED
  }

  /** What becomes of those who are inside an older version. */
  public enum Running {
    FINISH,
    MOVE,
    RESTART
  }

  /** Whether a lead may enter once more. */
  public enum Again {
    NEVER,
    AFTER,
    ALWAYS
  }

  /**
   * @param watch names at least one event
   * @param afterMillis since the last entry; only with AFTER
   * @param key null: a lead has one run at a time
   */
  public record Entry(Watch watch, Again again, long afterMillis, Text key) {}

  /** What makes a lead leave. */
  public record Exit(ExitReason reason, Watch watch) {}

  public Sequence {
    exits = List.copyOf(exits);
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
  }

  /** True when leads of the account may be inside. */
  public boolean concerns(String accountId) {
    return account.isEmpty() || account.get().equals(accountId);
  }

  /** Null when there is none of that id. */
  public Step step(String stepId) {
    return steps.get(stepId);
  }

  /** All conditions in it. */
  public Stream<Condition> conditions() {
    return Stream.of(
            entry.stream().map(entered -> entered.watch().when()),
            exits.stream().map(exit -> exit.watch().when()),
            steps.values().stream().flatMap(Step::conditions))
        .flatMap(conditions -> conditions.filter(condition -> condition != null));
  }

  /** As its conditions compare by an account's fields. */
  public Sequence typed(Typing typing) {
    Map<String, Step> typed = new LinkedHashMap<>();
    steps.forEach((stepId, step) -> typed.put(stepId, step.typed(typing)));
    return new Sequence(
        id,
        name,
        state,
        account,
        agent,
        zone,
        running,
        entry.map(
            old -> new Entry(old.watch().typed(typing), old.again(), old.afterMillis(), old.key())),
        exits.stream().map(exit -> new Exit(exit.reason(), exit.watch().typed(typing))).toList(),
        stayWhenClosed,
        first,
        typed);
  }

  /** What does not fit the fields of an account; none when nothing is known of it. */
  public List<Unfit> unfit(FieldCatalogue catalogue) {
    Stream<Unfit.Use> own =
        Stream.concat(
            Stream.ofNullable(zone).map(field -> new Unfit.Use("/time_zone", field, false)),
            entry.stream()
                .filter(entered -> entered.key() != null)
                .flatMap(entered -> entered.key().customFields().stream())
                .map(field -> new Unfit.Use("/entry/key", field, false)));
    return Unfit.in(
        conditions(),
        steps.values().stream()
            .flatMap(step -> step instanceof Step.Act act ? Stream.of(act.action()) : Stream.of()),
        Stream.concat(own, steps.values().stream().flatMap(Step::uses)),
        catalogue);
  }

  /** The zone that the lead's waits go by. */
  ZoneId zone(SubjectState lead, ZoneId tenants) {
    List<String> texts = zone == null ? null : lead.texts(zone);
    if (texts == null || texts.isEmpty()) {
      return tenants;
    }
    try {
      return ZoneId.of(texts.get(0).strip());
    } catch (DateTimeException e) {
      return tenants; // What somebody typed into a field stops nothing.
    }
  }
}
