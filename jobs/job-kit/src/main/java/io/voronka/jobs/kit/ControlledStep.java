package io.voronka.jobs.kit;

import io.voronka.connectors.kafka.control.ControlUpdate;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/**
 * Puts an operator between a keyed input and the control tables, which go to every subtask. Flink's
 * own API does so for functions only; an operator also reaches all its keys and its mailbox.
 */
public final class ControlledStep {
  private ControlledStep() {}

  /**
   * @param uid of the operator, and its name
   * @param type of what comes out
   */
  public static <I, O> SingleOutputStreamOperator<O> attach(
      DataStream<I> inputs,
      KeySelector<I, String> key,
      DataStream<ControlUpdate> control,
      String uid,
      TwoInputStreamOperator<I, ControlUpdate, O> operator,
      TypeInformation<O> type) {
    StreamExecutionEnvironment env = inputs.getExecutionEnvironment();
    KeyedStream<I, String> keyed = inputs.keyBy(key, Types.STRING);
    TwoInputTransformation<I, ControlUpdate, O> step =
        new TwoInputTransformation<>(
            keyed.getTransformation(),
            control.broadcast().getTransformation(),
            uid,
            SimpleOperatorFactory.of(operator),
            type,
            env.getParallelism(),
            false);
    step.setUid(uid);
    step.setStateKeySelectors(keyed.getKeySelector(), null);
    step.setStateKeyType(Types.STRING);
    env.addOperator(step);
    return new Attached<>(env, step);
  }

  /** A stream with side outputs of a step that was put together by hand. */
  private static final class Attached<O> extends SingleOutputStreamOperator<O> {
    Attached(StreamExecutionEnvironment env, TwoInputTransformation<?, ?, O> step) {
      super(env, step);
    }
  }
}
