package io.voronka.jobs.evaluaterules;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.evaluaterules.domain.LeftOutRule;
import io.voronka.jobs.evaluaterules.domain.NewestSet;
import io.voronka.jobs.evaluaterules.operators.CappedDecision;
import io.voronka.jobs.kit.RecordTypes;
import io.voronka.jobs.kit.events.EncodedEvent;
import io.voronka.jobs.kit.testing.StreamTypes;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleQuarantined;
import org.junit.jupiter.api.Test;

class StreamTypesTest {

  @Test
  void noTypeOnAStreamNeedsKryo() {
    StreamTypes.assertNoKryo(
        RawRecord.class, EncodedEvent.class, ControlUpdate.class, CappedDecision.class);
    StreamTypes.assertNoKryo(LeftOutRule.class, NewestSet.class);
    StreamTypes.assertNoKryo(RecordTypes.of(RuleQuarantined.class));
    StreamTypes.assertNoKryo(RecordTypes.of(AlertRaised.class));
    StreamTypes.assertNoKryo(RecordTypes.of(RuleDecided.class));
    StreamTypes.assertNoKryo(RecordTypes.of(ActionRequested.class));
    StreamTypes.assertNoKryo(RecordTypes.of(RecordRejected.class));
  }
}
