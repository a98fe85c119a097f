package io.voronka.jobs.executeactions.operators;

import io.voronka.jobs.executeactions.domain.RetryPolicy;
import java.io.Serializable;
import java.time.Duration;

/**
 * @param mostInFlight requests on their way to one target at a time
 * @param hostRequestsPerSecond budget of a webhook's host, per tenant
 * @param grace how long the row of an unknown tenant or account is waited for
 * @param rememberFor how long an outcome is kept to answer repeated requests
 */
public record ExecutorSettings(
    int mostInFlight, int hostRequestsPerSecond, Duration grace, Duration rememberFor)
    implements Serializable {

  public static ExecutorSettings standard() {
    return new ExecutorSettings(4, 50, Duration.ofSeconds(10), Duration.ofDays(30));
  }

  RetryPolicy retries() {
    return RetryPolicy.standard();
  }
}
