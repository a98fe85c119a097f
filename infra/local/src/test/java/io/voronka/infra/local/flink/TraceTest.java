package io.voronka.infra.local.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceTest {

  @Test
  void theInnermostExceptionSpeaksInAllItsLines() {
    assertThat(
            Trace.cause(
                """
                org.apache.flink.runtime.rest.handler.RestHandlerException: Could not execute application.
                \tat org.apache.flink.A.b(A.java:1)
                Caused by: java.util.concurrent.CompletionException: org.apache.flink.util.FlinkRuntimeException: Could not
                \t... 2 more
                Caused by: io.voronka.jobs.kit.InvalidArgumentsException: --kafka.bootstrap-servers is missing
                --parallel is not known
                \tat io.voronka.B.c(B.java:2)
                """))
        .isEqualTo(
            "InvalidArgumentsException: --kafka.bootstrap-servers is missing\n  --parallel is not known");
  }

  @Test
  void ofExceptionsInEachOthersNamesTheLastIsKept() {
    assertThat(
            Trace.cause(
                "java.util.concurrent.CompletionException: org.apache.flink.runtime.checkpoint.CheckpointException:"
                    + " Not all required tasks are currently running.\n\tat x"))
        .isEqualTo("CheckpointException: Not all required tasks are currently running.");
  }

  @Test
  void whatIsNoTraceIsLeftAsItIs() {
    assertThat(Trace.cause("Job 12ab not found")).isEqualTo("Job 12ab not found");
    assertThat(Trace.cause("java.lang.NullPointerException\n\tat x"))
        .isEqualTo("NullPointerException");
    assertThat(Trace.cause("")).isEmpty();
  }
}
