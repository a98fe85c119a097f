package io.voronka.jobs.kit.events;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.schemas.RecordRejected;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * All that happens to leads, each event under the key of its subject: the leads' own events, and
 * those of their contacts, companies and talks.
 *
 * <pre>
 *  crm.events ─▶ route-events ─▶ send-on-events ──────────────────▶ own
 *   (ticks end here) ├─contacts, companies─by each─▶ reach-leads ──▶ ofNeighbours
 *                    └─talks─────────────────by each─▶ follow-talks ─▶ ofTalks
 * </pre>
 *
 * @param own the leads' own events, not keyed yet: nearly all
 * @param ofNeighbours those of their contacts and companies, not keyed yet
 * @param ofTalks those of their talks, not keyed yet
 * @param rejected what is no event
 */
public record LeadEvents(
    SingleOutputStreamOperator<EncodedEvent> own,
    SingleOutputStreamOperator<EncodedEvent> ofNeighbours,
    SingleOutputStreamOperator<EncodedEvent> ofTalks,
    DataStream<RecordRejected> rejected) {

  /**
   * Uids: {@code route-events}, {@code send-on-events}, {@code reach-leads}, {@code follow-talks}.
   *
   * @param schemaWait how long one attempt waits for a writer's schema before the job restarts
   * @param lifetime how long it is remembered whose a contact, company or talk is
   */
  public static LeadEvents attach(
      DataStream<RawRecord> raw, KafkaSettings kafka, Duration schemaWait, Duration lifetime) {
    SingleOutputStreamOperator<EncodedEvent> routed =
        RouteEvents.attach(raw, kafka, schemaWait).setBufferTimeout(SendOn.UNHURRIED);
    SingleOutputStreamOperator<EncodedEvent> reached =
        ReachLeads.attach(routed.getSideOutput(RouteEvents.NEIGHBOURS), kafka, schemaWait, lifetime)
            .setBufferTimeout(SendOn.AT_ONCE);
    SingleOutputStreamOperator<EncodedEvent> followed =
        FollowTalks.attach(
                routed.getSideOutput(RouteEvents.OF_TALKS),
                routed.getSideOutput(RouteEvents.TALK_LEADS),
                kafka,
                schemaWait,
                lifetime)
            .setBufferTimeout(SendOn.AT_ONCE);
    return new LeadEvents(
        SendOn.attach(routed),
        reached,
        followed,
        RouteEvents.rejected(routed)
            .union(ReachLeads.rejected(reached), FollowTalks.rejected(followed)));
  }

  /**
   * All of them. What is to follow before they are keyed is put behind each of the three instead:
   * behind them together it would cost every event a way from task to task.
   */
  public DataStream<EncodedEvent> all() {
    return own.union(ofNeighbours, ofTalks);
  }
}
