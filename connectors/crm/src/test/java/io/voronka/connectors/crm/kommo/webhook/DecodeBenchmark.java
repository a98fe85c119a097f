package io.voronka.connectors.crm.kommo.webhook;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * How many bodies a second one thread decodes, by the thread's own CPU time, so that a busy machine
 * does not blur it. Run it by hand; not part of the build.
 */
final class DecodeBenchmark {
  private static final int LENGTH = 1454;
  private static final int BATCH = 20_000;
  private static final int ROUNDS = 21;

  private DecodeBenchmark() {}

  public static void main(String[] args) {
    byte[] body = body();
    KommoWebhookDecoder decoder = new KommoWebhookDecoder();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[] rates = new double[ROUNDS];
    long events = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < BATCH; i++) {
        events += decoder.decode(Deliveries.CONTEXT, body, null).events().size();
      }
      rates[round] = BATCH * 1e9 / (threads.getCurrentThreadCpuTime() - start);
    }
    double[] warm = Arrays.copyOfRange(rates, ROUNDS / 3, ROUNDS);
    Arrays.sort(warm);
    double median = warm[warm.length / 2];
    System.out.printf(
        Locale.ROOT,
        "decode: %,.0f bodies/s of %d bytes on one thread, %.1f us each (median of %d rounds, %d events)%n",
        median,
        body.length,
        1e6 / median,
        warm.length,
        events);
  }

  /** The golden body brought to the length that gateways are measured with. */
  private static byte[] body() {
    String shorter =
        Deliveries.GOLDEN.replaceAll(
            "&leads%5Bstatus%5D%5B0%5D%5Btags%5D%5B0%5D%5B(id|name)%5D=\\w+", "");
    String padded = shorter + "1".repeat(Math.max(0, LENGTH - shorter.length()));
    return padded.getBytes(StandardCharsets.US_ASCII);
  }
}
