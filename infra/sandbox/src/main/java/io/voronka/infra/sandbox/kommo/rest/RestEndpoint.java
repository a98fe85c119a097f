package io.voronka.infra.sandbox.kommo.rest;

/** Serves one method of one path. */
@FunctionalInterface
public interface RestEndpoint {
  /**
   * Answers, recording what it does in {@link RestCall#changes}.
   *
   * @throws RestProblem before anything was changed
   */
  RestReply serve(RestCall call);
}
