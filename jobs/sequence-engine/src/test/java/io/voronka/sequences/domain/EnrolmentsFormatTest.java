package io.voronka.sequences.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.subject.bytes.ByteReader;
import io.voronka.rules.domain.subject.bytes.ByteWriter;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.StableId;
import io.voronka.sequences.SequenceTexts;
import io.voronka.sequences.domain.Enrolments.Early;
import io.voronka.sequences.domain.Enrolments.Entered;
import io.voronka.sequences.domain.Position.Phase;
import io.voronka.sequences.domain.bytes.EnrolmentsFormat;
import io.voronka.sequences.simulation.LeadRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnrolmentsFormatTest {
  private static byte[] bytes(Enrolments enrolments) {
    ByteWriter out = new ByteWriter();
    EnrolmentsFormat.write(enrolments, out);
    return Arrays.copyOf(out.bytes(), out.size());
  }

  @Test
  void readsOutcomesThatWereKeptWithoutTheirTimes() {
    Early kept = new Early(7, ActionOutcome.FAILED, "x", 0);
    ByteWriter out = new ByteWriter();
    out.number(0);
    out.number(0);
    out.number(1);
    out.fixed(kept.action());
    out.number(kept.outcome().ordinal());
    out.text(kept.reason());

    assertThat(EnrolmentsFormat.readUntimed(new ByteReader(out.bytes())))
        .isEqualTo(new Enrolments(List.of(), List.of(), List.of(kept)));
  }

  @Test
  void readsWhatItWrote() {
    for (int seed = 0; seed < 500; seed++) {
      Enrolments enrolments = random(new Random(seed));
      assertThat(EnrolmentsFormat.read(new ByteReader(bytes(enrolments)))).isEqualTo(enrolments);
    }
    assertThat(EnrolmentsFormat.read(new ByteReader(bytes(Enrolments.NONE))))
        .isEqualTo(Enrolments.NONE);
  }

  @Test
  void aWaitingEnrolmentIsSmall() {
    LeadRun lead =
        SequenceTexts.lead(
            SequenceTexts.set(
                SequenceTexts.withSteps(
                    "{'id': 'hello', 'send_message': {'text': 'Hi'}}, {'id': 'wait', 'wait': {'for': '30d'}}")));
    SequenceTexts.happens(lead, EventKind.LEAD_CREATED);
    lead.until(lead.now() + 1000);
    int size = bytes(lead.enrolments()).length;

    System.out.println("bytes of a waiting enrolment: " + size);
    assertThat(size).isLessThan(100);
  }

  private static Enrolments random(Random random) {
    List<Enrolment> running = new ArrayList<>();
    List<Entered> entries = new ArrayList<>();
    List<Early> early = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      long entered = 1_700_000_000_000L + random.nextInt();
      Map<String, Integer> visits = new HashMap<>();
      for (int v = random.nextInt(5); v > 0; v--) {
        visits.put("step" + v, 1 + random.nextInt(100));
      }
      Phase phase = Phase.values()[random.nextInt(Phase.values().length)];
      long due = phase == Phase.READY ? Position.NEVER : entered + random.nextInt();
      running.add(
          new Enrolment(
              StableId.of("e" + random.nextLong()),
              "sequence-" + i,
              1 + random.nextInt(300),
              1 + random.nextInt(300),
              random.nextBoolean() ? null : "ключ " + i,
              random.nextInt(5),
              entered,
              new Position(
                  random.nextBoolean() ? null : "step", phase, entered + random.nextInt(), due, i),
              random.nextBoolean() ? 0 : entered + random.nextInt(1000),
              visits));
      entries.add(
          new Entered("s" + i, random.nextBoolean() ? null : "k", random.nextLong(), entered));
      early.add(
          new Early(
              random.nextLong(),
              ActionOutcome.FAILED,
              random.nextBoolean() ? null : "x",
              random.nextBoolean() ? 0 : entered));
    }
    return new Enrolments(running, entries, early);
  }
}
