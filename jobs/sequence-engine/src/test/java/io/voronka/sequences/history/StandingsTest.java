package io.voronka.sequences.history;

import static io.voronka.sequences.SequenceTexts.event;
import static io.voronka.sequences.SequenceTexts.lead;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.EventKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.RandomSequences;
import io.voronka.sequences.SequenceTexts;
import io.voronka.sequences.domain.Command;
import io.voronka.sequences.domain.Command.Kind;
import io.voronka.sequences.domain.Enrolment;
import io.voronka.sequences.domain.Position.Phase;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceSet;
import io.voronka.sequences.domain.SequenceVersion;
import io.voronka.sequences.history.Standing.State;
import io.voronka.sequences.simulation.Effects;
import io.voronka.sequences.simulation.LeadRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is read back from the records against what the machine itself remembers. */
class StandingsTest {
  private static final long HOUR = 3_600_000L;

  private final Map<State, Integer> compared = new EnumMap<>(State.class);
  private int paused;
  private int pausedBetween;
  private int moved;

  @Test
  void theRecordsTellWhereEveryRunIsAtAnyTime() {
    for (int seed = 0; seed < 400; seed++) {
      new Life(seed).live();
    }
    System.out.printf(
        "standings read back: %s, %d paused, %d of them between steps, %d by a later version%n",
        compared, paused, pausedBetween, moved);
    assertThat(compared.keySet()).containsExactlyInAnyOrder(State.values());
    assertThat(compared.get(State.WAITING)).isGreaterThan(500);
    assertThat(pausedBetween).isGreaterThan(20);
    assertThat(moved).isGreaterThan(100);
  }

  /** One lead, whose sequence is edited, and whose runs are paused and moved about. */
  private final class Life {
    private final int seed;
    private final Random random;
    private final List<SequenceVersion> versions = new ArrayList<>();
    private final LeadRun lead;
    private int commands;

    Life(int seed) {
      this.seed = seed;
      this.random = new Random(seed * 7L);
      publish(0);
      this.lead = lead(SequenceSet.of(versions), "2026-03-25T12:00", Effects.confirmed());
    }

    void live() {
      lead.event(event(EventKind.LEAD_CREATED, lead.now(), Map.of("price", "50")));
      for (int i = 0; i < 30; i++) {
        lead.until(lead.now() + random.nextInt((int) (20 * HOUR)));
        happen();
        compare();
      }
    }

    private void happen() {
      switch (random.nextInt(6)) {
        case 0 -> {
          Kind[] kinds = {
            Kind.PAUSE, Kind.PAUSE, Kind.RESUME_KEEPING, Kind.RESUME_SHIFTING, Kind.SKIP
          };
          Kind kind = kinds[random.nextInt(kinds.length)];
          lead.command("c" + commands++, "s", new Command(kind, null, null, false));
        }
        case 1 -> {
          if (versions.size() < 4) {
            publish(lead.now() + random.nextInt((int) HOUR));
            lead.publish(SequenceSet.of(versions));
          }
        }
        case 2 -> happens(EventKind.LEAD_CREATED, Map.of());
        case 3 -> happens(EventKind.MESSAGE_RECEIVED, Map.of());
        default -> {
          Map<String, String> fields = new HashMap<>();
          fields.put("price", Integer.toString(random.nextInt(100)));
          long meeting = lead.now() + random.nextInt((int) (100 * HOUR));
          fields.put("meeting", Long.toString(meeting / 1000));
          happens(EventKind.LEAD_UPDATED, fields);
        }
      }
    }

    private void happens(EventKind kind, Map<String, String> fields) {
      lead.event(event(kind, lead.now(), fields));
    }

    /** Much of a version is what the one before had: it is made of the same dice. */
    private void publish(long effectiveAt) {
      String definition =
          new RandomSequences(new Random(seed * 31L), true, RandomSequences.noCoverage())
              .definition("s");
      String[] running = {"finish", "move", "move", "restart"};
      String edited =
          definition
              .replace("'agent'", "'running': '%s', 'agent'".formatted(running[random.nextInt(4)]))
              .replace("'30m'", (1 + random.nextInt(60)) + "h");
      Sequence sequence = SequenceTexts.sequence(edited);
      versions.add(new SequenceVersion(sequence, versions.size() + 1L, effectiveAt));
    }

    private void compare() {
      Map<String, Standing> found = new HashMap<>();
      readBack().all().forEach(one -> found.put(one.enrolmentId(), one));
      for (Enrolment enrolment : lead.enrolments().running()) {
        Standing standing = found.remove(enrolment.id());
        assertThat(standing).as("seed %d: %s", seed, enrolment).isNotNull();
        compare(enrolment, standing);
      }
      assertThat(found.values()).as("seed %d", seed).noneMatch(Standing::inside);
      compared.merge(State.LEFT, found.size(), Integer::sum);
    }

    private void compare(Enrolment enrolment, Standing standing) {
      String about = "seed %d: %s, %s".formatted(seed, enrolment, standing);
      Phase phase = enrolment.position().phase();
      State state =
          switch (phase) {
            case READY -> State.BETWEEN;
            case TIME, EVENT -> State.WAITING;
            case OUTCOME -> State.ASKED;
          };
      Sequence by = versions.get((int) enrolment.version() - 1).sequence();
      assertThat(standing.state()).as(about).isEqualTo(state);
      assertThat(standing.version()).as(about).isEqualTo(enrolment.version());
      assertThat(standing.step(by)).as(about).isEqualTo(enrolment.position().stepId());
      assertThat(standing.paused().isPresent()).as(about).isEqualTo(enrolment.paused());
      assertThat(standing.entered().orElseThrow().getFiredAt())
          .as(about)
          .isEqualTo(enrolment.enteredAt());
      if (state == State.WAITING) {
        assertThat(standing.until()).as(about).isEqualTo(enrolment.position().due());
      }
      compared.merge(state, 1, Integer::sum);
      paused += enrolment.paused() ? 1 : 0;
      pausedBetween += state == State.BETWEEN ? 1 : 0;
      moved += enrolment.version() > 1 ? 1 : 0;
    }

    /** As from a topic that a job has written which was set back: some records come again. */
    private Standings readBack() {
      List<SequenceProgressed> records = lead.progress();
      Standings standings = new Standings();
      int backFrom = random.nextInt(records.size());
      List<SequenceProgressed> topic = new ArrayList<>(records.subList(0, backFrom + 1));
      topic.addAll(records.subList(random.nextInt(backFrom + 1), records.size()));
      Collections.unmodifiableList(topic).forEach(standings::add);
      return standings;
    }
  }
}
