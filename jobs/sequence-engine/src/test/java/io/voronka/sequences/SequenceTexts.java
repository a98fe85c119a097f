package io.voronka.sequences;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.trial.SubjectEvents;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.Subject;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceSet;
import io.voronka.sequences.domain.SequenceVersion;
import io.voronka.sequences.parsing.ParsedSequence;
import io.voronka.sequences.parsing.SequenceParser;
import io.voronka.sequences.simulation.Effects;
import io.voronka.sequences.simulation.LeadRun;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Definitions, leads and moments for tests, as short as they can be written. */
public final class SequenceTexts {
  public static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  public static final Subject LEAD = new Subject("t", "a", EntityType.LEAD, "7");
  private static final SequenceParser PARSER = SequenceParser.create();

  private SequenceTexts() {}

  /** With single quotes. */
  public static ParsedSequence parsed(String definition) {
    return PARSER.parse(definition.replace('\'', '"'));
  }

  /** With single quotes; it is right. */
  public static Sequence sequence(String definition) {
    ParsedSequence parsed = parsed(definition);
    return parsed.sequence().orElseThrow(() -> new AssertionError(parsed.problems()));
  }

  /** Entered by every lead that is created. */
  public static Sequence withSteps(String steps) {
    return sequence("{'id': 's', 'entry': {'event': 'lead_created'}, 'steps': [" + steps + "]}");
  }

  public static SequenceSet set(Sequence... first) {
    List<SequenceVersion> versions = new ArrayList<>();
    for (Sequence sequence : first) {
      versions.add(new SequenceVersion(sequence, 1, 0));
    }
    return SequenceSet.of(versions);
  }

  /** A lead of which nothing is known, at 2026-01-05T09:00 in Berlin. */
  public static LeadRun lead(SequenceSet sequences) {
    return lead(sequences, "2026-01-05T09:00", Effects.confirmed());
  }

  public static LeadRun lead(SequenceSet sequences, String at, Effects effects) {
    return new LeadRun(
        sequences, LEAD, SubjectState.EMPTY, millis(at), new AccountSetting(BERLIN, null), effects);
  }

  /** In Berlin. */
  public static long millis(String local) {
    return LocalDateTime.parse(local).atZone(BERLIN).toInstant().toEpochMilli();
  }

  public static CrmEvent event(EventKind kind, long at, Map<String, String> fields) {
    CrmEvent event = SubjectEvents.of(kind, LEAD, kind + "@" + at, at);
    event.setFields(new HashMap<>(fields));
    return event;
  }

  /** Happens to the lead now. */
  public static void happens(LeadRun lead, EventKind kind) {
    lead.event(event(kind, lead.now(), Map.of()));
  }

  /** Kinds with step and reason, in short: {@code entered, waiting(a), exited:completed}. */
  public static List<String> told(List<SequenceProgressed> progress) {
    List<String> told = new ArrayList<>();
    for (SequenceProgressed one : progress) {
      told.add(
          one.getKind().name().toLowerCase(Locale.ROOT)
              + (one.getStepId() == null ? "" : "(" + one.getStepId() + ")")
              + (one.getReason() == null ? "" : ":" + one.getReason()));
    }
    return told;
  }
}
