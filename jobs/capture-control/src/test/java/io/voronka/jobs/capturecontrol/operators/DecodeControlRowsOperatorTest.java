package io.voronka.jobs.capturecontrol.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.voronka.connectors.changecapture.RowChange;
import io.voronka.jobs.capturecontrol.domain.CapturedRow;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RecordRejected;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeControlRowsOperatorTest {
  private OneInputStreamOperatorTestHarness<RowChange, CapturedRow> harness;

  @BeforeEach
  void open() throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeControlRows("our_slot", "capture-control")));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void passesOnWhatIsThereAndWhatIsGone() throws Exception {
    take("tenants", RowChange.Op.READ, null, tenant("acme"));
    take("tenants", RowChange.Op.DELETE, tenant("acme"), null);

    assertThat(output())
        .extracting(CapturedRow::kind, CapturedRow::key)
        .containsExactly(
            tuple(CapturedRow.Kind.READING, null),
            tuple(CapturedRow.Kind.PRESENT, "acme"),
            tuple(CapturedRow.Kind.GONE, "acme"));
  }

  @Test
  void saysWhenTheTablesBeginToBeReadThoughTheyBeEmpty() throws Exception {
    take("capture_heartbeats", RowChange.Op.READ, null, heartbeat("our_slot"));
    take("tenants", RowChange.Op.READ, null, tenant("acme"));
    take("tenants", RowChange.Op.UPDATE, tenant("acme"), tenant("acme"));
    take("tenants", RowChange.Op.READ, null, tenant("acme"));

    assertThat(output())
        .extracting(CapturedRow::kind)
        .containsExactly(
            CapturedRow.Kind.READING,
            CapturedRow.Kind.PRESENT,
            CapturedRow.Kind.PRESENT,
            CapturedRow.Kind.READING,
            CapturedRow.Kind.PRESENT);
  }

  @Test
  void aChangedKeyIsARowGoneAndARowThere() throws Exception {
    take("tenants", RowChange.Op.UPDATE, tenant("old"), tenant("new"));

    assertThat(output())
        .extracting(CapturedRow::kind)
        .containsExactly(CapturedRow.Kind.GONE, CapturedRow.Kind.PRESENT);
    assertThat(output()).extracting(CapturedRow::key).containsExactly("old", "new");
  }

  @Test
  void onlyOurOwnHeartbeatCountsAndOnlyAsAChange() throws Exception {
    take("capture_heartbeats", RowChange.Op.READ, null, heartbeat("our_slot"));
    take("capture_heartbeats", RowChange.Op.INSERT, null, heartbeat("other_slot"));
    take("capture_heartbeats", RowChange.Op.UPDATE, null, heartbeat("our_slot"));

    assertThat(output()).containsExactly(CapturedRow.reading(), CapturedRow.heartbeat(42, 5));
  }

  @Test
  void aRowThatMakesNoSenseLeavesWithItsReasonAndIsPassedOnAsUnreadable() throws Exception {
    Map<String, String> bad = tenant("acme");
    bad.put("active", "perhaps");

    take("tenants", RowChange.Op.UPDATE, tenant("acme"), bad);

    assertThat(output()).containsExactly(CapturedRow.unreadable(ControlTable.TENANTS, "acme", 5));
    RecordRejected rejected = rejected().get(0);
    assertThat(rejected.getReason()).isEqualTo("bad-value");
    assertThat(rejected.getTopic()).isEqualTo("postgres:tenants");
    assertThat(rejected.getOffset()).isEqualTo(9);
    assertThat(rejected.getRejectedBy()).isEqualTo("capture-control");
    assertThat(StandardCharsets.UTF_8.decode(rejected.getValue().duplicate()).toString())
        .contains("\"active\":\"perhaps\"");
  }

  @Test
  void aTableItDoesNotKnowIsRejectedOnly() throws Exception {
    take("orders", RowChange.Op.INSERT, null, Map.of("id", "1"));

    assertThat(output()).isEmpty();
    assertThat(rejected()).extracting(RecordRejected::getReason).containsExactly("unknown-table");
  }

  private void take(
      String table, RowChange.Op op, Map<String, String> before, Map<String, String> after)
      throws Exception {
    harness.processElement(new RowChange(table, op, before, after, 5, 9), 0);
  }

  private List<CapturedRow> output() {
    return harness.extractOutputValues();
  }

  private List<RecordRejected> rejected() {
    return harness.getSideOutput(DecodeControlRows.REJECTED).stream()
        .map(StreamRecord::getValue)
        .toList();
  }

  private static Map<String, String> tenant(String id) {
    Map<String, String> columns = new HashMap<>();
    columns.put("tenant_id", id);
    columns.put("name", "Acme");
    columns.put("time_zone", "UTC");
    columns.put("locale", "en");
    columns.put("active", "true");
    columns.put("effects_paused", "false");
    columns.put("paused_rules", "[]");
    columns.put("quiet_from", "21:00");
    columns.put("quiet_to", "09:00");
    columns.put("message_cap", null);
    columns.put("opt_out_words", null);
    columns.put("mail_cap", null);
    return columns;
  }

  private static Map<String, String> heartbeat(String slot) {
    return Map.of("slot", slot, "generation", "3", "beat", "42");
  }
}
