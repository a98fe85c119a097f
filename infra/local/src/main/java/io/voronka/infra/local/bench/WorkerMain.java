package io.voronka.infra.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The inside of a {@link Worker}: reads orders from standard input, one line of JSON each, and
 * answers each on standard output. Ends when standard input does, whatever it is doing.
 *
 * @param <Q> order
 * @param <A> answer
 */
public final class WorkerMain<Q, A> {
  static final String FAILURE = "failure";

  /** What a worker does about an order. */
  @FunctionalInterface
  public interface Work<Q, A> {
    A on(Q order) throws Exception;
  }

  private final Class<Q> orders;
  private final Work<Q, A> work;
  private final ObjectMapper json = new ObjectMapper();

  private WorkerMain(Class<Q> orders, Work<Q, A> work) {
    this.orders = orders;
    this.work = work;
  }

  /** Never returns. */
  public static <Q, A> void serve(Class<Q> orders, Work<Q, A> work)
      throws IOException, InterruptedException {
    PrintStream answers = System.out;
    // Whatever a library prints must not look like an answer.
    System.setOut(System.err);
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread leash = new Thread(() -> read(lines), "orders");
    leash.setDaemon(true);
    leash.start();
    WorkerMain<Q, A> worker = new WorkerMain<>(orders, work);
    while (true) {
      answers.println(worker.answer(lines.take()));
      answers.flush();
    }
  }

  String answer(String line) throws IOException {
    try {
      return json.writeValueAsString(work.on(json.readValue(line, orders)));
    } catch (Exception e) {
      e.printStackTrace(System.err);
      return json.writeValueAsString(Map.of(FAILURE, e.toString()));
    }
  }

  private static void read(BlockingQueue<String> lines) {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      e.printStackTrace(System.err);
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }
}
