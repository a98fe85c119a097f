package io.voronka.jobs.evaluaterules.baseline;

import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.JobSettings;

/**
 * What the baseline is told, beside what all jobs are told.
 *
 * @param decidedTopic {@code --passthrough.decided-topic}: full name of the topic that gets one
 *     record per event
 * @param decidedBytes {@code --passthrough.decided-bytes}: its size, as a RuleDecided's
 * @param actionsTopic {@code --passthrough.actions-topic}: full name of the topic that gets one
 *     record per some events
 * @param actionBytes {@code --passthrough.action-bytes}: its size, as an ActionRequested's
 * @param eventsPerAction {@code --passthrough.events-per-action}: one event in so many has one
 */
public record PassthroughConfig(
    JobSettings job,
    String decidedTopic,
    int decidedBytes,
    String actionsTopic,
    int actionBytes,
    int eventsPerAction) {
  private static final int DECIDED_BYTES = 700;
  private static final int ACTION_BYTES = 300;
  private static final int EVENTS_PER_ACTION = 10;

  /**
   * @throws io.voronka.jobs.kit.InvalidArgumentsException with all errors at once
   */
  public static PassthroughConfig from(JobArguments arguments) {
    PassthroughConfig config =
        new PassthroughConfig(
            JobSettings.from(arguments, "evaluate-rules-baseline"),
            arguments.required("passthrough.decided-topic"),
            arguments.integer("passthrough.decided-bytes", DECIDED_BYTES, 1),
            arguments.required("passthrough.actions-topic"),
            arguments.integer("passthrough.action-bytes", ACTION_BYTES, 1),
            arguments.integer("passthrough.events-per-action", EVENTS_PER_ACTION, 1));
    arguments.check();
    return config;
  }
}
