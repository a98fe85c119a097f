package io.voronka.jobs.executeactions.operators;

import io.voronka.jobs.executeactions.domain.OptOutWords;
import io.voronka.jobs.kit.events.SendOn;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EncodedKind;
import io.voronka.schemas.EventKind;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * All that concerns targets in one stream. Of the commands only those that take actions back, of
 * what happens in the CRM only what people write to clients, and the short messages of clients, one
 * of which may be a stop: that agents keep silent then is judged where their messages are sent, and
 * a copy of a few events costs less than a request to the CRM for every message, whose budget is
 * seven a second.
 */
public final class GatherByTarget {
  private static final String ROBOT = "0";
  private static final String AUTHOR_TYPE = "author.type";
  private static final String BOT = "bot";

  private GatherByTarget() {}

  /** Uids: {@code gather-requests}, {@code gather-withdrawals}, {@code gather-spoken}. */
  public static DataStream<TargetInput> attach(
      DataStream<ActionRequested> actions,
      DataStream<CommandRequested> commands,
      DataStream<CrmEvent> events) {
    return gathered(
            actions, (request, out) -> out.collect(TargetInput.of(request)), "gather-requests")
        .union(
            gathered(
                    commands,
                    (command, out) -> {
                      if (withdraws(command)) {
                        out.collect(TargetInput.of(command));
                      }
                    },
                    "gather-withdrawals")
                .setBufferTimeout(SendOn.UNHURRIED),
            gathered(
                events,
                (event, out) -> {
                  if (saidByPerson(event)) {
                    out.collect(TargetInput.spoken(event));
                  } else if (OptOutWords.mayBe(event)) {
                    out.collect(TargetInput.heard(event));
                  }
                },
                "gather-spoken"));
  }

  private static <T> SingleOutputStreamOperator<TargetInput> gathered(
      DataStream<T> stream, FlatMapFunction<T, TargetInput> function, String uid) {
    return stream
        .flatMap(function)
        .returns(TypeInformation.of(TargetInput.class))
        .uid(uid)
        .name(uid);
  }

  /**
   * Whether an event has to be decoded to know: most need not, ticks among them. What has no known
   * kind is decoded, so that what is no event is counted as before.
   *
   * @param event encoded
   */
  public static boolean maySpeak(byte[] event) {
    EventKind kind = EncodedKind.of(event);
    return kind == EventKind.MESSAGE_SENT
        || kind == EventKind.MESSAGE_RECEIVED
        || kind == EventKind.UNKNOWN;
  }

  /** One that does not say what it takes back, or from where, is nobody's. */
  static boolean withdraws(CommandRequested command) {
    return command.getKind() == CommandKind.WITHDRAW
        && command.getActionId() != null
        && command.getTarget() != null;
  }

  /** The integration's own user looks like a person here; the account's row tells. */
  static boolean saidByPerson(CrmEvent event) {
    return event.getKind() == EventKind.MESSAGE_SENT
        && event.getActorId() != null
        && !event.getActorId().equals(ROBOT)
        && !BOT.equals(event.getFields().get(AUTHOR_TYPE));
  }
}
