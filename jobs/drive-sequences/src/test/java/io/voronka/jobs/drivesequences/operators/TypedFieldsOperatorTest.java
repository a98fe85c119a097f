package io.voronka.jobs.drivesequences.operators;

import static io.voronka.jobs.drivesequences.Records.T0;
import static io.voronka.jobs.drivesequences.Records.event;
import static io.voronka.jobs.drivesequences.Records.field;
import static io.voronka.jobs.drivesequences.Records.sequence;
import static io.voronka.jobs.drivesequences.Records.telling;
import static io.voronka.jobs.drivesequences.Records.tenant;
import static io.voronka.jobs.drivesequences.Records.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldChoice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions compare custom fields by the account's catalogue, wherever a sequence has one. */
class TypedFieldsOperatorTest {
  private static final String TEN =
      "'when': {'field_value': {'field_id': 5, 'operator': 'equals', 'value': '%s'}}";

  private static final String ENTRY =
      "{'id': 'welcome', 'entry': {'event': 'lead_updated', %s}, 'steps': [{'id': 'w', 'wait': {'for': '1d'}}]}";
  private static final String EXIT =
      "{'id': 'welcome', 'entry': {'event': 'lead_created'}, 'exits': [{%s}], 'steps': [{'id': 'w', 'wait': {'for': '1d'}}]}";
  private static final String GOAL = EXIT.replace("[{%s}]", "[{'as': 'goal', %s}]");
  private static final String WAIT_FOR =
      "{'id': 'welcome', 'entry': {'event': 'lead_created'}, 'steps': [{'id': 'w', 'wait_for': {%s, 'timeout': {'for': '1d'}}}]}";
  private static final String BRANCH =
      "{'id': 'welcome', 'entry': {'event': 'lead_updated'}, 'steps': [{'id': 'b', 'branch': {%s, 'then': [{'id': 'w', 'wait': {'for': '1d'}}]}}]}";

  private static List<String> told(String definition, String type, long from, String value)
      throws Exception {
    String operand = type.equals("date") ? "2026-03-01" : "10";
    return told(definition, operand, field("5", type, from), value, null);
  }

  private static List<String> told(
      String definition, String operand, ControlUpdate field, String value, String choiceId)
      throws Exception {
    String text = definition.formatted(TEN.formatted(operand));
    try (DriveHarness job =
        DriveHarness.fresh().control(whole(tenant(), field, sequence(1, 0, text))).time(T0 - 1)) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0));
      job.event(telling(event(EventKind.LEAD_UPDATED, "7", T0 + 1000), "5", value, choiceId));
      return job.told();
    }
  }

  private static String definition(String place) {
    return switch (place) {
      case "entry" -> ENTRY;
      case "exit" -> EXIT;
      case "goal" -> GOAL;
      case "wait_for" -> WAIT_FOR;
      default -> BRANCH;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "entry, entered(w)",
    "exit, exited(w):exit",
    "goal, exited(w):goal",
    "wait_for, branched(w):happened",
    "branch, branched(b):true"
  })
  void aNumberIsComparedAsANumberFromItsTimeOn(String place, String told) throws Exception {
    assertThat(told(definition(place), "numeric", 0, "10.00")).contains(told);
    assertThat(told(definition(place), "numeric", T0 + 1000, "10.00")).contains(told);
    assertThat(told(definition(place), "numeric", T0 + 1001, "10.00")).doesNotContain(told);
    assertThat(told(definition(place), "text", 0, "10.00")).doesNotContain(told);
  }

  @ParameterizedTest
  @CsvSource({"monetary, 10.0", "date, 1772323200"})
  void moneyAndDatesToo(String type, String value) throws Exception {
    assertThat(told(EXIT, type, 0, value)).contains("exited(w):exit");
    assertThat(told(EXIT, "text", 0, value)).doesNotContain("exited(w):exit");
  }

  @Test
  void aChoiceIsKnownByItsIdWhateverItIsCalledNow() throws Exception {
    ControlUpdate sizes = field("5", "select", 0, new FieldChoice("12", "Large", 0, null));
    assertThat(told(EXIT, "Large", sizes, "Very large", "12")).contains("exited(w):exit");
    assertThat(told(EXIT, "Large", sizes, "Small", "13")).doesNotContain("exited(w):exit");
    ControlUpdate text = field("5", "text", 0);
    assertThat(told(EXIT, "Large", text, "Very large", "12")).doesNotContain("exited(w):exit");
  }
}
