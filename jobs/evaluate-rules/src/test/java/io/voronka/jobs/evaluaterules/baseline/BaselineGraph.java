package io.voronka.jobs.evaluaterules.baseline;

import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.JobEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The baseline's graph, not yet running. */
public final class BaselineGraph {
  private BaselineGraph() {}

  public static StreamExecutionEnvironment of(JobArguments arguments) {
    PassthroughConfig config = PassthroughConfig.from(arguments);
    StreamExecutionEnvironment env = JobEnvironment.from(config.job());
    PassthroughJob.attach(env, config);
    return env;
  }
}
