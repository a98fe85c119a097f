package io.voronka.infra.local.bench.gateway;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.infra.local.bench.BenchReport;
import io.voronka.infra.local.bench.Comparison;
import io.voronka.infra.local.bench.ControlWriter;
import io.voronka.infra.local.bench.CpuClock;
import io.voronka.infra.local.bench.Median;
import io.voronka.infra.local.bench.TopicBook;
import io.voronka.infra.local.bench.Worker;
import io.voronka.infra.local.bench.load.LoadFigures;
import io.voronka.infra.local.bench.load.LoadMain;
import io.voronka.infra.local.bench.load.LoadOrder;
import io.voronka.infra.local.stack.LocalStack;
import io.voronka.infra.local.stack.StackSettings;
import io.voronka.infra.local.stack.StackSettings.Part;
import io.voronka.schemas.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Measures a gateway that is up, with nothing else on the machine: as many webhooks as it takes,
 * beside the bare HTTP server and the bare producer in turns, then its latency at half of that.
 * Every webhook that was answered is looked for in Kafka.
 */
public final class GatewayBench {
  private static final int GATEWAY_HEAP_MB = 256;
  private static final int LOAD_HEAP_MB = 64;
  private static final int PRODUCER_HEAP_MB = 256;
  private static final int PAIRS = 20_000;
  private static final int LATENCY_ROUNDS = 5;

  /** Prefix of the topics that the bare producer writes to. */
  private static final String PRODUCER_CELL = "bare.";

  private final LocalStack stack;
  private final GatewayBenchSettings settings;
  private final Path folder;
  private final PrintStream out;
  private final Accounts accounts;
  private final GatewayProbe probe;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Side gateway = new Side();
  private final Side bare = new Side();
  private final Side producing = new Side();
  private final Side gatewayPaced = new Side();
  private final Side barePaced = new Side();
  private BareServerProcess bareServer;
  private Worker load;
  private Worker producer;
  private TopicBook book;
  private long nextNumber;

  /**
   * @param stack with Kafka and the gateway
   * @param folder for the children's logs
   */
  public GatewayBench(
      LocalStack stack, GatewayBenchSettings settings, Path folder, PrintStream out) {
    this.stack = stack;
    this.settings = settings;
    this.folder = folder;
    this.out = out;
    this.accounts = Accounts.of(settings.accounts(), UUID.randomUUID().toString());
    this.probe = new GatewayProbe(stack.addresses().gatewayAdmin());
  }

  /** Kafka and a gateway with as many event loops as the bare server. */
  public static StackSettings stack(Path data, GatewayBenchSettings settings) {
    return StackSettings.at(data)
        .withFresh(true)
        .withParts(EnumSet.of(Part.KAFKA, Part.GATEWAY))
        .withHeapsMb(Map.of(LocalStack.GATEWAY, GATEWAY_HEAP_MB))
        .withExtraArguments(
            Map.of(
                LocalStack.GATEWAY,
                List.of("--event-loops", Integer.toString(settings.eventLoops()))));
  }

  /** Blocks for about rounds x 3 x measured, and warming up. */
  public BenchReport run(Clock clock) throws IOException, InterruptedException {
    String kafka = stack.addresses().kafka();
    ControlWriter.write(KafkaSettings.of(kafka, "bench"), clock.millis(), accounts.rows());
    probe.awaitDirect(settings.accounts());
    try (BareServerProcess server =
            BareServerProcess.start(settings.eventLoops(), GATEWAY_HEAP_MB, folder);
        Worker loading = Worker.start("load", LOAD_HEAP_MB, LoadMain.class, folder);
        Worker bareProducer =
            Worker.start("producer", PRODUCER_HEAP_MB, ProducerMain.class, folder);
        TopicBook topics = new TopicBook(kafka)) {
      bareServer = server;
      load = loading;
      producer = bareProducer;
      book = topics;
      book.create(
          PRODUCER_CELL,
          List.of(Topics.named(Topics.WEBHOOKS_RECEIVED), Topics.named(Topics.CRM_EVENTS)));
      measureAll();
    }
    return report();
  }

  private void measureAll() throws IOException, InterruptedException {
    say("warming up");
    loadBare(new Side(), 0, settings.warmUp());
    // Its code and the broker's are many times the bare server's, and compiled later.
    loadGateway(new Side(), 0, settings.warmUp().multipliedBy(2));
    produce(new Side(), settings.warmUp());
    for (int round = 1; round <= settings.rounds(); round++) {
      loadBare(bare, 0, settings.measured());
      loadGateway(gateway, 0, settings.measured());
      produce(producing, settings.measured());
      say(
          String.format(
              Locale.ROOT,
              "round %d of %d: bare server %,.0f/s, gateway %,.0f/s, bare producer %,.0f/s",
              round,
              settings.rounds(),
              newest(bare.rates()),
              newest(gateway.rates()),
              newest(producing.rates())));
    }
    double half = Median.of(gateway.rates()) / 2;
    writeOut();
    loadGateway(new Side(), half, settings.warmUp().dividedBy(2));
    for (int round = 1; round <= LATENCY_ROUNDS; round++) {
      loadBare(barePaced, half, settings.measured());
      loadGateway(gatewayPaced, half, settings.measured());
      say(
          String.format(
              Locale.ROOT,
              "at %,.0f/s, round %d of %d: p99 %.2f ms, bare server %.2f ms",
              half,
              round,
              LATENCY_ROUNDS,
              newest(gatewayPaced.p99s()),
              newest(barePaced.p99s())));
    }
  }

  /**
   * Lets the kernel write to the disk what lies in memory. By itself it does so half a minute
   * later, and makes the broker wait in the midst of a paced round for the hundreds of megabytes
   * that the bare producer left.
   */
  private void writeOut() throws IOException, InterruptedException {
    int status = new ProcessBuilder("sync").inheritIO().start().waitFor();
    if (status != 0) {
      notes.add("sync ended with " + status + ": the first paced round may wait for the disk");
    }
  }

  private void loadBare(Side into, double rate, Duration length) {
    CpuClock cpu = new CpuClock(Map.of("server", bareServer.pid(), "load", load.pid()));
    measure(into, cpu, order(bareServer.port(), rate, length), "the bare server");
  }

  private void loadGateway(Side into, double rate, Duration length)
      throws IOException, InterruptedException {
    CpuClock cpu =
        new CpuClock(
            Map.of(
                "server", stack.pid(LocalStack.GATEWAY),
                "broker", stack.pid(LocalStack.KAFKA),
                "load", load.pid()));
    double spoolingsBefore = probe.spoolings();
    ArrivalCount count = ArrivalCount.begin(book);
    int port = URI.create(stack.addresses().gateway()).getPort();
    LoadFigures figures = measure(into, cpu, order(port, rate, length), "the gateway");
    boolean spooled = probe.spoolings() > spoolingsBefore;
    if (spooled) {
      probe.awaitDirect(settings.accounts());
      notes.add("Kafka was too slow for a moment: webhooks went through the spool in one round");
    }
    problems.addAll(count.compare(figures.accepted(), spooled));
  }

  private LoadFigures measure(Side into, CpuClock cpu, LoadOrder order, String whom) {
    Map<String, Long> before = cpu.read();
    LoadFigures figures = load.call(order, LoadFigures.class);
    Map<String, Long> after = cpu.read();
    nextNumber += figures.answered();
    into.add(
        figures.perSecond(),
        figures.latency(),
        CpuClock.perUnit(before, after, (double) figures.answered()));
    if (figures.accepted() < figures.answered()) {
      problems.add(
          figures.answered()
              - figures.accepted()
              + " requests to "
              + whom
              + " were not answered 200");
    }
    return figures;
  }

  private void produce(Side into, Duration length) {
    CpuClock cpu =
        new CpuClock(Map.of("producer", producer.pid(), "broker", stack.pid(LocalStack.KAFKA)));
    String webhooks = PRODUCER_CELL + Topics.WEBHOOKS_RECEIVED;
    String events = PRODUCER_CELL + Topics.CRM_EVENTS;
    long writtenBefore = book.written(webhooks) + book.written(events);
    Map<String, Long> before = cpu.read();
    ProducerFigures figures =
        producer.call(
            new ProducerOrder(stack.addresses().kafka(), PAIRS, PRODUCER_CELL, length.toMillis()),
            ProducerFigures.class);
    Map<String, Long> after = cpu.read();
    long written = book.written(webhooks) + book.written(events) - writtenBefore;
    into.add(
        figures.perSecond(),
        null,
        CpuClock.perUnit(before, after, (double) figures.acknowledged()));
    if (written != 2 * figures.acknowledged()) {
      problems.add(
          "the bare producer had %d pairs acknowledged, and Kafka has %d records of it"
              .formatted(figures.acknowledged(), written));
    }
  }

  private LoadOrder order(int port, double rate, Duration length) {
    return new LoadOrder(
        "127.0.0.1",
        port,
        accounts.tokens(),
        accounts.numbers(),
        settings.connections(),
        rate,
        length.toMillis(),
        nextNumber);
  }

  private BenchReport report() {
    List<Comparison> found = new ArrayList<>();
    found.add(
        Comparison.of("gateway", "webhooks/s", gateway.rates(), "http-server", bare.rates())
            .withLatency(gateway.latency())
            .withCpu(gateway.cpu()));
    found.add(
        Comparison.of(
            "gateway-to-producer",
            "webhooks/s",
            gateway.rates(),
            "kafka-producer",
            producing.rates()));
    found.add(
        Comparison.baseline("http-server", "requests/s", bare.rates())
            .withLatency(bare.latency())
            .withCpu(bare.cpu()));
    found.add(
        Comparison.baseline("kafka-producer", "pairs/s", producing.rates())
            .withCpu(producing.cpu()));
    found.add(
        Comparison.of(
                "gateway-p99-at-half", "ms", gatewayPaced.p99s(), "http-server", barePaced.p99s())
            .withLatency(gatewayPaced.latency())
            .withCpu(gatewayPaced.cpu()));
    notes.add(
        String.format(
            Locale.ROOT,
            "%d connections, %d event loops, %d accounts, %d processors; paced at %,.0f webhooks/s",
            settings.connections(),
            settings.eventLoops(),
            settings.accounts(),
            Runtime.getRuntime().availableProcessors(),
            Median.of(gatewayPaced.rates())));
    return new BenchReport(found, notes, problems);
  }

  private static double newest(List<Double> values) {
    return values.get(values.size() - 1);
  }

  private void say(String text) {
    out.println("  " + text);
    out.flush();
  }
}
