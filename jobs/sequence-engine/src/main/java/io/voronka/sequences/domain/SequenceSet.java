package io.voronka.sequences.domain;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Chains;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.catalogue.Typed;
import io.voronka.rules.domain.catalogue.Typing;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.Counters;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.Subject;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The sequences of one tenant, with all their versions: a version lasts as long as somebody is
 * inside it. Immutable; safe for any number of threads.
 */
public final class SequenceSet {
  private final Map<String, NavigableMap<Long, SequenceVersion>> versions = new TreeMap<>();
  private final Map<EventKind, Set<String>> byEntryKind = new EnumMap<>(EventKind.class);
  private final Counters counters;
  private final Set<String> accounts = new HashSet<>();
  private final boolean everyAccount;
  private final boolean local;
  private final Set<EventKind> asked = EnumSet.of(EventKind.LEAD_DELETED, EventKind.LEAD_RESTORED);

  private SequenceSet(Collection<SequenceVersion> all) {
    for (SequenceVersion one : all) {
      String id = one.sequence().id();
      versions.computeIfAbsent(id, i -> new TreeMap<>()).put(one.version(), one);
      one.sequence().entry().stream()
          .flatMap(entry -> entry.watch().events().stream())
          .forEach(kind -> byEntryKind.computeIfAbsent(kind, k -> new TreeSet<>()).add(id));
    }
    all.forEach(one -> one.sequence().account().ifPresent(accounts::add));
    this.everyAccount = all.stream().anyMatch(one -> one.sequence().account().isEmpty());
    List<Condition> conditions = all.stream().flatMap(one -> one.sequence().conditions()).toList();
    this.counters = Counters.of(conditions);
    this.local = conditions.stream().anyMatch(Typing::isLocal);
    for (Condition condition : conditions) {
      condition
          .nodes()
          .filter(TimeElapsed.class::isInstance)
          .forEach(elapsed -> asked.addAll(kinds((TimeElapsed) elapsed)));
    }
  }

  /** Kinds whose last happening tells whether the time has passed. */
  private static Set<EventKind> kinds(TimeElapsed elapsed) {
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    kinds.addAll(elapsed.unless());
    switch (elapsed.since().kind()) {
      case EVENT -> kinds.add(elapsed.since().event());
      case CREATION -> kinds.add(EventKind.LEAD_CREATED);
      case STAGE_ENTRY, DATE_FIELD -> {}
    }
    return kinds;
  }

  /** All versions of all sequences. */
  public static SequenceSet of(Collection<SequenceVersion> all) {
    return new SequenceSet(all);
  }

  /** As conditions compare by an account's fields. */
  public SequenceSet typed(Typing typing) {
    return new SequenceSet(
        all()
            .map(
                one ->
                    new SequenceVersion(
                        one.sequence().typed(typing), one.version(), one.effectiveAt()))
            .toList());
  }

  /** What conditions name for leads of an account. */
  public Typed.Named named(String accountId) {
    return Typed.named(
        all()
            .map(SequenceVersion::sequence)
            .filter(sequence -> sequence.concerns(accountId))
            .flatMap(Sequence::conditions));
  }

  /** True when conditions have dates that are other moments in another zone. */
  public boolean isLocal() {
    return local;
  }

  private Stream<SequenceVersion> all() {
    return versions.values().stream().flatMap(all -> all.values().stream());
  }

  /** No sequences: events still change what is known of their subjects. */
  public static SequenceSet empty() {
    return new SequenceSet(Set.of());
  }

  /**
   * The newest version that counts at a moment.
   *
   * @return null when there is none
   */
  public SequenceVersion current(String sequenceId, long at) {
    SequenceVersion current = null;
    for (SequenceVersion one : versions.getOrDefault(sequenceId, new TreeMap<>()).values()) {
      current = one.effectiveAt() <= at ? one : current;
    }
    return current;
  }

  /** When the first version of a sequence that is there came into force, epoch milliseconds. */
  long publishedAt(String sequenceId) {
    return versions.get(sequenceId).firstEntry().getValue().effectiveAt();
  }

  /** Null when there is none. */
  public SequenceVersion version(String sequenceId, long version) {
    return versions.getOrDefault(sequenceId, new TreeMap<>()).get(version);
  }

  /** True when subjects of the account may come to be inside one of them, now or later. */
  public boolean concerns(String accountId) {
    return everyAccount || accounts.contains(accountId);
  }

  /**
   * What has to be remembered of a subject that is inside none of them, so that whatever lets it in
   * finds what it needs. Fields come in pieces, an event here and an event there, and are all kept.
   * When something last happened is kept only of what conditions ask for, and of what tells whether
   * the lead is there: otherwise each event of each subject would change it. What is not kept is
   * unknown and not out of date.
   */
  public SubjectState outside(SubjectState state) {
    return state.with(state.past().keepingLast(asked));
  }

  /** The versions that were published after one, oldest first. */
  Collection<SequenceVersion> after(String sequenceId, long version) {
    return versions.getOrDefault(sequenceId, new TreeMap<>()).tailMap(version, false).values();
  }

  /** When the next version counts after a moment, epoch milliseconds; {@link Position#NEVER}. */
  public long nextEffective(long after) {
    long next = Position.NEVER;
    for (NavigableMap<Long, SequenceVersion> all : versions.values()) {
      for (SequenceVersion one : all.values()) {
        next = one.effectiveAt() > after ? Math.min(next, one.effectiveAt()) : next;
      }
    }
    return next;
  }

  /**
   * An event of a subject. Moments of the subject that are due before it have to be gone through
   * before it.
   *
   * @param state what was known of the subject before
   */
  public Driven event(
      Enrolments before,
      SubjectState state,
      CrmEvent event,
      Clocks clocks,
      AccountSetting setting) {
    SubjectView view =
        counters.count(SubjectView.of(state, event, clocks.firedAt(), setting.surroundings()));
    Drive drive = new Drive(this, before, state, view.subject(), clocks, setting);
    Chains.Heard heard = Chains.heard(view, setting);
    drive.event(view, heard.depth());
    return drive.driven(Causes.heard(view.after(), event, heard, clocks.firedAt()));
  }

  /** What is due for a subject at a moment, {@code clocks.dueAt()} included. */
  public Driven moment(
      Enrolments before,
      SubjectState state,
      Subject subject,
      Clocks clocks,
      AccountSetting setting) {
    Drive drive = new Drive(this, before, state, subject, clocks, setting);
    drive.moment();
    return drive.driven(state);
  }

  /** What became of an action. */
  public Driven outcome(
      Enrolments before,
      SubjectState state,
      Subject subject,
      Input.Outcome outcome,
      Clocks clocks,
      AccountSetting setting) {
    Drive drive = new Drive(this, before, state, subject, clocks, setting);
    drive.outcome(outcome);
    return drive.driven(state);
  }

  /**
   * Lets a subject in, asked by a rule or a person.
   *
   * @param start what is asked
   */
  public Driven start(
      Enrolments before,
      SubjectState state,
      Subject subject,
      Start start,
      Clocks clocks,
      AccountSetting setting) {
    Drive drive = new Drive(this, before, state, subject, clocks, setting);
    drive.start(start);
    return drive.driven(state);
  }

  /**
   * A command to enrolments of a subject.
   *
   * @param commandId the same id is the same command
   * @param enrolmentId null: all that the subject has in the sequence
   */
  public Driven command(
      Enrolments before,
      SubjectState state,
      Subject subject,
      String commandId,
      String sequenceId,
      String enrolmentId,
      Command command,
      Clocks clocks,
      AccountSetting setting) {
    Drive drive = new Drive(this, before, state, subject, clocks, setting);
    drive.command(commandId, sequenceId, enrolmentId, command);
    return drive.driven(state);
  }

  /**
   * When the next version counts of which it is not settled what it means for one of them, epoch
   * milliseconds; {@link Position#NEVER}.
   */
  public long nextSettlement(Enrolments enrolments) {
    long next = Position.NEVER;
    for (Enrolment enrolment : enrolments.running()) {
      for (SequenceVersion newer : after(enrolment.sequenceId(), enrolment.settledWith())) {
        next = Math.min(next, newer.effectiveAt());
      }
    }
    return next;
  }

  /** True when a version was published that is not settled for one of them, as of a moment. */
  public boolean unsettled(Enrolments enrolments, long at) {
    for (Enrolment enrolment : enrolments.running()) {
      if (version(enrolment.sequenceId(), enrolment.version()) == null) {
        return true;
      }
      for (SequenceVersion newer : after(enrolment.sequenceId(), enrolment.settledWith())) {
        if (newer.effectiveAt() <= at) {
          return true;
        }
      }
    }
    return false;
  }

  /** The ids of sequences that the event may open, in their order. */
  Set<String> opened(SubjectView view) {
    Set<String> ids = new TreeSet<>(byEntryKind.getOrDefault(view.event().getKind(), Set.of()));
    if (view.move().entered()) {
      ids.addAll(byEntryKind.getOrDefault(EventKind.LEAD_STAGE_CHANGED, Set.of()));
    }
    return ids;
  }
}
