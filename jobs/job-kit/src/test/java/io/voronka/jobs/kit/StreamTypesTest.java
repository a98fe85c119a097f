package io.voronka.jobs.kit;

import static io.voronka.jobs.kit.testing.StreamTypes.assertNoKryo;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.connectors.kafka.control.ControlRecord;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.kit.events.EncodedEvent;
import io.voronka.jobs.kit.events.domain.LinkedLeads;
import io.voronka.jobs.kit.events.domain.TalkLead;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.RuleDecided;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StreamTypesTest {

  /** What no serializer but Kryo would take. */
  public record Unfit(Duration pause) {}

  @Test
  void whatTravelsOnOurStreamsNeedsNoKryo() {
    assertNoKryo(ControlRecord.class, ControlUpdate.class, RawRecord.class);
    assertNoKryo(EncodedEvent.class, LinkedLeads.class, TalkLead.class);
    assertNoKryo(
        CrmEvent.class,
        RuleDecided.class,
        ActionRequested.class,
        ActionCompleted.class,
        RecordRejected.class);
    assertNoKryo(RecordTypes.of(CrmEvent.class));
  }

  @Test
  void aTypeThatNeedsItIsFound() {
    assertThatThrownBy(() -> assertNoKryo(Unfit.class)).isInstanceOf(AssertionError.class);
  }
}
