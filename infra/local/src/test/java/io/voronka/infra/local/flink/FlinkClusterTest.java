package io.voronka.infra.local.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.voronka.infra.local.flink.FlinkException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against answers in the shape of Flink's; the real cluster is in LocalStackIT. */
class FlinkClusterTest {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String JOBS =
      """
      {"jobs":[
        {"jid":"old","name":"evaluate-rules","state":"FINISHED","start-time":10,"tasks":{"total":2,"running":0}},
        {"jid":"new","name":"evaluate-rules","state":"RUNNING","start-time":20,"tasks":{"total":2,"running":2}},
        {"jid":"half","name":"execute-actions","state":"RUNNING","start-time":5,"tasks":{"total":3,"running":1}}]}
      """;

  @TempDir private Path folder;

  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private FlinkCluster cluster;

  private record Answer(int status, String body) {}

  private record Request(String what, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          byte[] body = exchange.getRequestBody().readAllBytes();
          requests.add(new Request(what, new String(body, StandardCharsets.UTF_8)));
          Deque<Answer> queue = answers.getOrDefault(what, new ArrayDeque<>());
          Answer answer = queue.size() > 1 ? queue.poll() : queue.peek();
          if (answer == null) {
            answer = new Answer(404, "{\"errors\":[\"unexpected " + what + "\"]}");
          }
          byte[] out = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), out.length == 0 ? -1 : out.length);
          exchange.getResponseBody().write(out);
          exchange.close();
        });
    server.start();
    cluster = new FlinkCluster(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void findsTheJobThatLivesBeforeTheOneThatEnded() {
    answer("GET /jobs/overview", JOBS);
    assertThat(cluster.jobs()).extracting(JobSummary::id).containsExactly("half", "old", "new");
    assertThat(cluster.liveJob("evaluate-rules").id()).isEqualTo("new");
    assertThat(cluster.job("old").orElseThrow().ended()).isTrue();
    assertThat(cluster.job("half").orElseThrow().fullyRunning()).isFalse();
    assertThatThrownBy(() -> cluster.liveJob("old"))
        .isInstanceOfSatisfying(
            FlinkException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SUCH_JOB));
  }

  @Test
  void aJarThatIsNotThereIsNamed() {
    Path jar = folder.resolve("missing.jar");
    assertThatThrownBy(
            () -> cluster.submit(new JobSubmission(jar, List.of(), 1, Optional.empty(), Map.of())))
        .isInstanceOf(FlinkException.class)
        .hasMessageContaining(jar.toString());
    assertThat(requests).isEmpty();
  }

  @Test
  void submitsTheJarWithEverythingItIsTold() throws IOException {
    answer(
        "POST /jars/upload", "{\"filename\":\"/tmp/flink-web/u-1_x.jar\",\"status\":\"success\"}");
    answer("POST /jars/u-1_x.jar/run", "{\"jobid\":\"j1\"}");
    answer("DELETE /jars/u-1_x.jar", "{}");
    Path jar = Files.writeString(folder.resolve("x.jar"), "JARBYTES");

    String id =
        cluster.submit(
            new JobSubmission(
                jar,
                List.of("--a", "b c"),
                3,
                Optional.of("file:///s"),
                Map.of("execution.checkpointing.dir", "file:///c")));

    assertThat(id).isEqualTo("j1");
    assertThat(requests).extracting(Request::what).endsWith("DELETE /jars/u-1_x.jar");
    assertThat(requests.get(0).body()).contains("filename=\"x.jar\"").contains("JARBYTES");
    assertThat(new ObjectMapper().readTree(requests.get(1).body()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"programArgsList":["--a","b c"],"parallelism":3,"savepointPath":"file:///s",
                     "claimMode":"NO_CLAIM","flinkConfiguration":{"execution.checkpointing.dir":"file:///c"}}
                    """));
  }

  @Test
  void saysWhyAJobWasRefusedWithoutItsStackTrace() throws IOException {
    answer("POST /jars/upload", "{\"filename\":\"/u/x.jar\"}");
    answer("DELETE /jars/x.jar", "{}");
    answers.put(
        "POST /jars/x.jar/run",
        new ArrayDeque<>(
            List.of(
                new Answer(
                    400,
                    "{\"errors\":[\"Internal server error.\",\"<Exception on server side:\\n"
                        + "ProgramInvocationException: --kafka.bootstrap-servers is missing\\n\\tat a.B.c(D.java:1)\"]}"))));
    Path jar = Files.writeString(folder.resolve("x.jar"), "J");
    assertThatThrownBy(
            () -> cluster.submit(new JobSubmission(jar, List.of(), 0, Optional.empty(), Map.of())))
        .isInstanceOfSatisfying(
            FlinkException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
        .hasMessageContaining("--kafka.bootstrap-servers is missing")
        .hasMessageNotContaining("D.java");
    assertThat(requests).extracting(Request::what).contains("DELETE /jars/x.jar");
  }

  @Test
  void waitsForASavepointAndReturnsItsPath() {
    answer("POST /jobs/j/stop", "{\"request-id\":\"r\"}");
    answer(
        "GET /jobs/j/savepoints/r",
        "{\"status\":{\"id\":\"IN_PROGRESS\"}}",
        "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"location\":\"file:/s/1\"}}");
    assertThat(cluster.stopWithSavepoint("j", Optional.of("file:///s"), SOON))
        .isEqualTo("file:/s/1");
    assertThat(requests.get(0).body()).contains("\"targetDirectory\":\"file:///s\"");
  }

  @Test
  void aFailedSavepointIsAnErrorWithItsCause() {
    answer("POST /jobs/j/savepoints", "{\"request-id\":\"r\"}");
    answer(
        "GET /jobs/j/savepoints/r",
        "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"failure-cause\":{\"class\":\"X\","
            + "\"stack-trace\":\"CheckpointException: tasks are not running\\n\\tat x\"}}}");
    assertThatThrownBy(() -> cluster.savepoint("j", Optional.empty(), SOON))
        .isInstanceOf(FlinkException.class)
        .hasMessageContaining("tasks are not running");
  }

  @Test
  void aJobThatFailsInsteadOfRunningIsReportedWithItsRootCause() {
    answer(
        "GET /jobs/overview",
        JOBS.replace("\"RUNNING\",\"start-time\":20", "\"FAILED\",\"start-time\":20"));
    answer(
        "GET /jobs/new/exceptions",
        "{\"exceptionHistory\":{\"entries\":[{\"stacktrace\":\"JobException: recovery\\n\\tat a\\n"
            + "Caused by: IllegalStateException: no slot voronka_control\\n\\tat b\"}]}}");
    assertThatThrownBy(() -> cluster.awaitRunning("new", SOON))
        .isInstanceOfSatisfying(
            FlinkException.class, e -> assertThat(e.reason()).isEqualTo(Reason.JOB_FAILED))
        .hasMessageContaining("FAILED")
        .hasMessageContaining("no slot voronka_control");
  }

  @Test
  void aJobThatDoesNotGetGoingTimesOut() {
    answer("GET /jobs/overview", JOBS);
    answer("GET /jobs/half/exceptions", "{}");
    assertThatThrownBy(() -> cluster.awaitRunning("half", Duration.ofMillis(200)))
        .isInstanceOfSatisfying(
            FlinkException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT));
  }

  @Test
  void readsCheckpointsAndMetrics() {
    answer(
        "GET /jobs/j/checkpoints",
        "{\"counts\":{\"completed\":4,\"failed\":1,\"restored\":2},\"latest\":{\"completed\":"
            + "{\"id\":17,\"external_path\":\"file:/c/chk-17\",\"end_to_end_duration\":30,\"state_size\":2048}}}");
    answer("GET /jobs/j/metrics?get=a%2Cb", "[{\"id\":\"a\",\"value\":\"1.5\"}]");
    assertThat(cluster.checkpoints("j"))
        .isEqualTo(new CheckpointFigures(4, 1, 2, 17, "file:/c/chk-17", 30, 2048));
    assertThat(cluster.jobMetrics("j", List.of("a", "b"))).containsExactly(Map.entry("a", 1.5));
  }

  @Test
  void theNextCheckpointsOfSeveralJobsAreWaitedForTogether() {
    answer("GET /jobs/a/checkpoints", completed(7), completed(7), completed(8));
    answer("GET /jobs/b/checkpoints", completed(3), completed(3), completed(4));

    cluster.awaitNextCheckpoints(List.of("a", "b"), SOON);

    // Those so far of all of them, before any is waited for.
    assertThat(requests.subList(0, 2))
        .extracting(Request::what)
        .containsExactly("GET /jobs/a/checkpoints", "GET /jobs/b/checkpoints");
    assertThat(answers.values()).allSatisfy(left -> assertThat(left).hasSize(1));
  }

  @Test
  void aJobThatCompletesNoCheckpointAnyMoreIsSaidSo() {
    answer("GET /jobs/a/checkpoints", completed(7));
    assertThatThrownBy(() -> cluster.awaitNextCheckpoints(List.of("a"), Duration.ofMillis(200)))
        .isInstanceOfSatisfying(
            FlinkException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT));
  }

  @Test
  void aJobWithoutCheckpointsHasNoneRatherThanNumberZero() {
    answer(
        "GET /jobs/j/checkpoints",
        "{\"counts\":{\"completed\":0},\"latest\":{\"completed\":null}}");
    assertThat(cluster.checkpoints("j").latestId()).isEqualTo(-1);
  }

  @Test
  void somethingElseAtTheAddressIsSaidSo() {
    for (Answer foreign :
        List.of(
            new Answer(200, "<html>hello</html>"),
            new Answer(200, "{\"status\":\"UP\"}"),
            new Answer(404, "<html>not found</html>"),
            new Answer(404, "{\"error\":\"no such index\"}"),
            new Answer(502, ""))) {
      answers.put("GET /overview", new ArrayDeque<>(List.of(foreign)));
      answers.put("GET /jobs/overview", new ArrayDeque<>(List.of(foreign)));
      for (ThrowingCallable asked :
          List.<ThrowingCallable>of(() -> cluster.overview(), () -> cluster.liveJob("x"))) {
        assertThatThrownBy(asked)
            .isInstanceOfSatisfying(
                FlinkException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
            .hasMessageEndingWith(
                "/ answers (%d), but not as a Flink cluster does", foreign.status());
      }
    }
  }

  @Test
  void nobodyAtTheAddressIsSaidSo() {
    server.stop(0);
    assertThatThrownBy(() -> cluster.overview())
        .isInstanceOfSatisfying(
            FlinkException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
        .hasMessageContaining("no Flink cluster answers at");
  }

  private static String completed(int id) {
    return "{\"latest\":{\"completed\":{\"id\":%d}}}".formatted(id);
  }

  private void answer(String what, String... bodies) {
    Deque<Answer> queue = new ArrayDeque<>();
    for (String body : bodies) {
      queue.add(new Answer(200, body));
    }
    answers.put(what, queue);
  }
}
