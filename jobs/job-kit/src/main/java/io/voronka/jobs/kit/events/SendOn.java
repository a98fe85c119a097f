package io.voronka.jobs.kit.events;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Where the stream of events leaves for its subjects. Flink has a thread for each way out of a
 * chain of operators, which wakes up every {@code buffer timeout} to send on what has gathered, and
 * the time is the same for all ways out of one operator. At two milliseconds the thirty ways of
 * evaluate-rules, nearly all of them empty, woke up fifteen thousand times a second, for as long as
 * the job lived. So the one way that all events take has an operator of its own, with the job's
 * timeout; those beside it may wait a little longer, and the others have no such thread.
 */
public final class SendOn {
  /** Each record goes when it comes: behind operators that seldom send on anything. */
  public static final long AT_ONCE = 0;

  /** Milliseconds, for ways that some of the events take. */
  public static final long UNHURRIED = 25;

  private SendOn() {}

  /** Changes nothing. Uid: {@code send-on-events}. */
  public static SingleOutputStreamOperator<EncodedEvent> attach(
      SingleOutputStreamOperator<EncodedEvent> events) {
    return events
        .map(event -> event, TypeInformation.of(EncodedEvent.class))
        .uid("send-on-events")
        .name("send-on-events")
        .setParallelism(events.getParallelism());
  }
}
