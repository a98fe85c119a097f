package io.voronka.jobs.drivesequences.operators;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.drivesequences.Records;
import io.voronka.jobs.drivesequences.operators.SubjectInput.Kind;
import io.voronka.rules.trial.SubjectEvents;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.Subject;
import io.voronka.sequences.RandomSequences;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A tenant with one sequence, which may be edited once, and all that happens to its one lead. No
 * two things happen within the same part of a second, so that an outcome, which comes whole seconds
 * after its request, meets nothing else: what is first then is left to chance on the real road too.
 */
final class RandomLife {
  static final long DAYS = 40;

  private static final String ID = "s";
  private static final long HOUR = 3_600_000L;
  private static final CommandKind[] COMMANDS = {
    CommandKind.PAUSE,
    CommandKind.RESUME,
    CommandKind.RESUME,
    CommandKind.SKIP,
    CommandKind.CANCEL,
    CommandKind.STOP,
    CommandKind.START
  };
  private static final EventKind[] EVENTS = {
    EventKind.LEAD_UPDATED,
    EventKind.LEAD_UPDATED,
    EventKind.LEAD_UPDATED,
    EventKind.MESSAGE_RECEIVED,
    EventKind.NOTE_ADDED,
    EventKind.CALL_MADE,
    EventKind.LEAD_CREATED
  };
  private static final String[] EXITS = {
    "{'event': 'note_added'}",
    "{'when': {'field_value': {'field': 'price', 'operator': 'greater', 'value': 90}}}",
    "{'as': 'goal', 'event': 'call_made'}",
    "{'as': 'opt_out', 'event': 'lead_updated', 'when': {'field_value': {'field': 'price',"
        + " 'operator': 'less', 'value': 4}}}"
  };
  private static final String[] EDITS = {
    "'running': 'finish'", "'running': 'move'", "'running': 'move'", "'running': 'restart'"
  };

  final Subject lead;
  final List<String> versions = new ArrayList<>();

  /** When the second version counts, epoch milliseconds; 0: there is none. */
  final long editedAt;

  final List<Happens> happenings = new ArrayList<>();

  private final Random random;
  private final long start;
  private final boolean parallel;

  /**
   * Something happens to the lead.
   *
   * @param event null: it is a command
   */
  record Happens(long at, CrmEvent event, CommandRequested command) {
    SubjectInput input(String subject) {
      return event == null
          ? new SubjectInput(Kind.COMMAND, subject, Records.bytes(command), at, 0, 0)
          : new SubjectInput(Kind.EVENT, subject, Records.bytes(event), at, 0, 0);
    }
  }

  /**
   * @param start epoch milliseconds, a whole second
   * @param parallel the lead may be inside several times at once
   */
  RandomLife(int seed, long start, boolean parallel, Map<RandomSequences.Piece, Integer> pieces) {
    this.random = new Random(seed * 7_919L);
    this.start = start;
    this.parallel = parallel;
    this.lead = new Subject("t" + seed, "kommo-1", EntityType.LEAD, "7");
    RandomSequences generator = new RandomSequences(random, true, pieces);
    String exits = exits();
    String entry = entry();
    String steps = generator.steps();
    versions.add(definition("", entry, exits, steps));
    boolean edited = random.nextInt(3) > 0;
    this.editedAt = edited ? start + moment() : 0;
    if (edited) {
      String newer = random.nextBoolean() ? generator.steps() : changed(steps);
      String how = random.nextInt(8) == 0 ? "'state': 'stopped'" : EDITS[random.nextInt(4)];
      versions.add(definition(how + ", ", entry, random.nextBoolean() ? exits : exits(), newer));
    }
    happen();
  }

  ControlUpdate tenant() {
    return Records.tenant(lead.tenantId(), "Europe/Berlin");
  }

  /**
   * @param index of {@link #versions}
   */
  ControlUpdate row(int index) {
    long effectiveAt = index == 0 ? 0 : editedAt;
    return Records.sequence(lead.tenantId(), ID, index + 1, effectiveAt, versions.get(index));
  }

  long end() {
    return start + DAYS * 24 * HOUR;
  }

  private static String definition(String how, String entry, String exits, String steps) {
    return "{'id': '%s', 'agent': 'anna', %s'entry': {%s}, 'exits': [%s], 'steps': [%s]}"
        .formatted(ID, how, entry, exits, steps);
  }

  private String entry() {
    String again = new String[] {"never", "always", "3d"}[random.nextInt(3)];
    String key = parallel && random.nextBoolean() ? ", 'key': '{{ lead.price }}'" : "";
    return "'event': 'lead_created', 'again': '%s'%s".formatted(again, key);
  }

  private String exits() {
    List<String> exits = new ArrayList<>();
    for (String exit : EXITS) {
      if (random.nextInt(8) == 0) {
        exits.add(exit);
      }
    }
    return String.join(", ", exits);
  }

  /** The same steps with other lengths of waits. */
  private String changed(String steps) {
    int minutes = 1 + random.nextInt(9_000);
    return steps.replaceFirst("'for': '\\d+m'", "'for': '" + minutes + "m'");
  }

  /** Some time after the start, milliseconds; more of it at the beginning. */
  private long moment() {
    long share = 1L + random.nextInt(100);
    return 1000L * random.nextInt((int) (DAYS * 24 * 3600 * share / 100));
  }

  private void happen() {
    long at = start;
    event(EventKind.LEAD_CREATED, at);
    int many = 14 + random.nextInt(10);
    for (int i = 0; i < many && at < end() - 40 * HOUR; i++) {
      at += 1000L * (1 + random.nextInt(40 * 3600));
      if (random.nextInt(6) == 0) {
        command(at);
      } else {
        event(EVENTS[random.nextInt(EVENTS.length)], at);
      }
    }
    if (random.nextInt(4) == 0) {
      event(EventKind.LEAD_STAGE_CHANGED, at + HOUR);
    } else if (random.nextInt(4) == 0) {
      event(EventKind.LEAD_DELETED, at + HOUR);
    }
  }

  private void event(EventKind kind, long second) {
    long at = second + millis();
    CrmEvent event = SubjectEvents.of(kind, lead, kind + "@" + at, at);
    Map<String, String> fields = new HashMap<>();
    switch (kind) {
      case LEAD_CREATED, LEAD_UPDATED -> {
        fields.put("name", "Anna");
        fields.put("price", Integer.toString(random.nextInt(100)));
        if (random.nextInt(3) > 0) {
          long meeting = at + (random.nextInt(200) - 20) * HOUR;
          fields.put("meeting", Long.toString(meeting / 1000));
        }
      }
      case LEAD_STAGE_CHANGED -> fields.put("status_id", "142");
      default -> {}
    }
    event.setFields(fields);
    happenings.add(new Happens(at, event, null));
  }

  private void command(long second) {
    long at = second + millis();
    CommandKind kind = COMMANDS[random.nextInt(COMMANDS.length)];
    CommandRequested command = Records.command(kind, lead.id(), "c" + at, at);
    command.setTenantId(lead.tenantId());
    command.setSequenceId(ID);
    command.setShiftWaits(random.nextBoolean());
    if (kind == CommandKind.SKIP && random.nextBoolean()) {
      command.setStepId("s" + random.nextInt(6));
    }
    happenings.add(new Happens(at, null, command));
  }

  /** Each time another part of a second; what is due at a whole second keeps to itself. */
  private long millis() {
    return happenings.size() + 1L;
  }
}
