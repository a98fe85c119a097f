package io.voronka.sequences.domain.bytes;

import io.voronka.rules.domain.subject.bytes.ByteReader;
import io.voronka.rules.domain.subject.bytes.ByteWriter;
import io.voronka.schemas.ActionOutcome;
import io.voronka.sequences.domain.Enrolment;
import io.voronka.sequences.domain.Enrolments;
import io.voronka.sequences.domain.Enrolments.Early;
import io.voronka.sequences.domain.Enrolments.Entered;
import io.voronka.sequences.domain.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The bytes of {@link Enrolments}. What is written here is read for ever: whoever keeps it in state
 * puts a version in front. Phases and outcomes are written by their places in their enumerations,
 * which only grow at their ends.
 */
public final class EnrolmentsFormat {
  private static final Position.Phase[] PHASES = Position.Phase.values();
  private static final ActionOutcome[] OUTCOMES = ActionOutcome.values();
  private static final int HALF = 16;
  private static final int ID_DIGITS = 32;

  private EnrolmentsFormat() {}

  public static void write(Enrolments enrolments, ByteWriter out) {
    out.number(enrolments.running().size());
    enrolments.running().forEach(enrolment -> write(enrolment, out));
    out.number(enrolments.entries().size());
    for (Entered entered : enrolments.entries()) {
      out.text(entered.sequenceId());
      out.text(entered.runKey());
      out.fixed(entered.run());
      out.number(entered.at());
    }
    out.number(enrolments.early().size());
    for (Early early : enrolments.early()) {
      out.fixed(early.action());
      out.number(early.outcome().ordinal());
      out.text(early.reason());
      out.number(early.at());
    }
  }

  public static Enrolments read(ByteReader in) {
    return read(in, true);
  }

  /** As it was written before kept outcomes had their times. */
  public static Enrolments readUntimed(ByteReader in) {
    return read(in, false);
  }

  private static Enrolments read(ByteReader in, boolean timed) {
    int running = in.count();
    List<Enrolment> inside = new ArrayList<>(running);
    for (int i = 0; i < running; i++) {
      inside.add(enrolment(in));
    }
    int entered = in.count();
    List<Entered> entries = new ArrayList<>(entered);
    for (int i = 0; i < entered; i++) {
      entries.add(new Entered(in.text(), in.text(), in.fixed(), in.number()));
    }
    int kept = in.count();
    List<Early> early = new ArrayList<>(kept);
    for (int i = 0; i < kept; i++) {
      early.add(new Early(in.fixed(), OUTCOMES[in.count()], in.text(), timed ? in.number() : 0));
    }
    return new Enrolments(inside, entries, early);
  }

  private static void write(Enrolment enrolment, ByteWriter out) {
    out.fixed(Long.parseUnsignedLong(enrolment.id(), 0, HALF, HALF));
    out.fixed(Long.parseUnsignedLong(enrolment.id(), HALF, ID_DIGITS, HALF));
    out.text(enrolment.sequenceId());
    out.number(enrolment.version());
    out.difference(enrolment.settledWith() - enrolment.version());
    out.text(enrolment.runKey());
    out.number(enrolment.depth());
    long base = enrolment.enteredAt();
    out.number(base);
    out.number(enrolment.pausedAt() == 0 ? 0 : enrolment.pausedAt() - base + 1);
    Position where = enrolment.position();
    out.text(where.stepId());
    out.number(where.phase().ordinal());
    out.difference(where.since() - base);
    out.number(where.due() == Position.NEVER ? 0 : 1);
    if (where.due() != Position.NEVER) {
      out.difference(where.due() - base);
    }
    out.number(where.asked());
    out.number(enrolment.visits().size());
    enrolment
        .visits()
        .forEach(
            (step, visits) -> {
              out.text(step);
              out.number(visits);
            });
  }

  private static Enrolment enrolment(ByteReader in) {
    HexFormat hex = HexFormat.of();
    String id = hex.toHexDigits(in.fixed()) + hex.toHexDigits(in.fixed());
    String sequenceId = in.text();
    long version = in.number();
    long settledWith = version + in.difference();
    String runKey = in.text();
    int depth = in.count();
    long base = in.number();
    long paused = in.number();
    Position where =
        new Position(
            in.text(),
            PHASES[in.count()],
            base + in.difference(),
            in.number() == 0 ? Position.NEVER : base + in.difference(),
            in.count());
    int steps = in.count();
    Map<String, Integer> visits = new HashMap<>(steps * 2);
    for (int i = 0; i < steps; i++) {
      visits.put(in.text(), in.count());
    }
    return new Enrolment(
        id,
        sequenceId,
        version,
        settledWith,
        runKey,
        depth,
        base,
        where,
        paused == 0 ? 0 : paused - 1 + base,
        visits);
  }
}
