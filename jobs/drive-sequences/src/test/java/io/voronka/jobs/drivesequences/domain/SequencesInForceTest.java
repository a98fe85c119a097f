package io.voronka.jobs.drivesequences.domain;

import static io.voronka.jobs.drivesequences.Records.WELCOME;
import static io.voronka.jobs.drivesequences.Records.complete;
import static io.voronka.jobs.drivesequences.Records.field;
import static io.voronka.jobs.drivesequences.Records.sequence;
import static io.voronka.jobs.drivesequences.Records.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceSet;
import io.voronka.sequences.parsing.SequenceParser;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequencesInForceTest {
  private static final SequenceParser PARSER = SequenceParser.create();
  private static final String ON_FIELD =
      WELCOME.replace(
          "{'event': 'message_received'}",
          "{'when': {'field_value': {'field_id': 5, 'operator': 'equals', 'value': '10'}}}");

  private final ControlSnapshot control = new ControlSnapshot(SequencesInForce.NEEDED);
  private final List<String> read = new ArrayList<>();
  private final SequencesInForce sequences =
      new SequencesInForce(
          control,
          row -> {
            read.add(row.getTenantId() + row.getVersion());
            return PARSER.parse(row.getDefinition()).sequence();
          });

  private void apply(ControlUpdate... updates) {
    for (ControlUpdate update : updates) {
      update.applyTo(control);
      sequences.changed(update.table(), update.key(), update.change());
    }
  }

  private SequenceSet at(long time) {
    return sequences.at("acme", "kommo-1", time);
  }

  private String type(long time) {
    Sequence welcome = at(time).version("welcome", 1).sequence();
    return ((FieldCondition) welcome.exits().get(0).watch().when()).test().type().name();
  }

  @Test
  void eachTimeHasItsTypeAndBeforeTheFirstTheSequenceIsAsWritten() {
    apply(field("5", "numeric", 3000), sequence(1, 0, ON_FIELD), field("5", "date", 2000));

    assertThat(type(1999)).isEqualTo("TEXT");
    assertThat(type(2000)).isEqualTo("DATE");
    assertThat(type(3000)).isEqualTo("NUMBER");
    assertThat(at(3000)).as("made once").isSameAs(at(4000));
    sequences.forgetBefore(3500);
    assertThat(type(4000)).isEqualTo("NUMBER");
    assertThat(type(2500)).as("nobody asks any more").isEqualTo("TEXT");
  }

  @Test
  void fieldsThatNoSequenceNamesMakeNoOtherSet() {
    apply(sequence(1, 0, ON_FIELD));
    SequenceSet before = at(9000);

    apply(field("6", "numeric", 2000));

    assertThat(at(9000)).isSameAs(before);
    assertThat(sequences.at("acme", "kommo-2", 9000)).as("of another account").isSameAs(before);
  }

  @Test
  void aFieldThatIsNotRepeatedIsGone() {
    apply(sequence(1, 0, ON_FIELD), field("5", "numeric", 2000));
    SequenceSet typed = at(2000);
    apply(field("5", "numeric", 2000));
    assertThat(at(2000)).as("repeated").isSameAs(typed);

    apply(complete(ControlTable.FIELDS, 0, 2));

    assertThat(type(2000)).isEqualTo("TEXT");
  }

  @Test
  void datesAreThoseOfTheTenantsZoneAlsoWhenItChanges() {
    apply(tenant("acme", "UTC"), sequence(1, 0, ON_FIELD), field("5", "numeric", 0));
    SequenceSet before = at(1000);
    assertThat(at(1000)).isSameAs(before);

    apply(tenant("acme", "Asia/Tokyo"));

    assertThat(sequences.setting("acme", "kommo-1").zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(at(1000)).isNotSameAs(before);
  }

  @Test
  void datesOfStandardFieldsAreOfTheTenantsClocksWithNoFieldKnown() {
    String closed =
        ON_FIELD.replace(
            "'field_id': 5, 'operator': 'equals', 'value': '10'",
            "'field': 'closed_at', 'operator': 'less', 'type': 'date', 'value': '2026-03-01'");
    apply(tenant("acme", "Europe/Moscow"), sequence(1, 0, closed));

    Sequence welcome = at(1000).version("welcome", 1).sequence();

    assertThat(((FieldCondition) welcome.exits().get(0).watch().when()).test().operands())
        .containsExactly(Instant.parse("2026-02-28T21:00:00Z").getEpochSecond());
    assertThat(at(1000)).as("made once").isSameAs(at(2000));
  }

  @Test
  void aChangeCostsItsOwnTenantOnly() {
    for (int i = 0; i < 100; i++) {
      apply(sequence("t" + i, "welcome", 1, 1000 + i, WELCOME));
    }
    for (int i = 0; i < 100; i++) {
      sequences.of("t" + i);
    }
    SequenceSet other = sequences.of("t8");
    assertThat(read).hasSize(100);

    apply(sequence("t7", "welcome", 2, 5000, WELCOME));

    assertThat(sequences.of("t7").version("welcome", 2)).isNotNull();
    assertThat(sequences.of("t8")).isSameAs(other);
    assertThat(read).hasSize(101).endsWith("t72");
  }

  @Test
  void versionsThatAreNotRepeatedAreGone() {
    apply(sequence(1, 1000, WELCOME), sequence(2, 2000, WELCOME));
    assertThat(sequences.newestEffective(999)).isEqualTo(Long.MIN_VALUE);
    assertThat(sequences.newestEffective(1999)).isEqualTo(1000);
    assertThat(sequences.newestEffective(9000)).isEqualTo(2000);

    apply(complete(ControlTable.SEQUENCES, 0, 2));

    assertThat(sequences.of("acme").version("welcome", 1)).isNull();
    assertThat(sequences.newestEffective(9000)).isEqualTo(Long.MIN_VALUE);
  }
}
