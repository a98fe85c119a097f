package io.voronka.infra.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.voronka.infra.sandbox.admin.AdminFront;
import io.voronka.infra.sandbox.admin.BooksAdmin;
import io.voronka.infra.sandbox.admin.KommoAdmin;
import io.voronka.infra.sandbox.admin.LoadAdmin;
import io.voronka.infra.sandbox.admin.SwitchesAdmin;
import io.voronka.infra.sandbox.clock.Alarms;
import io.voronka.infra.sandbox.clock.SandboxClock;
import io.voronka.infra.sandbox.delivery.DeliveryBook;
import io.voronka.infra.sandbox.delivery.PendingDeliveries;
import io.voronka.infra.sandbox.delivery.WebhookSender;
import io.voronka.infra.sandbox.faults.FaultBoard;
import io.voronka.infra.sandbox.kommo.Kommo;
import io.voronka.infra.sandbox.kommo.KommoFront;
import io.voronka.infra.sandbox.kommo.chats.ChatsFront;
import io.voronka.infra.sandbox.ledger.Ledger;
import io.voronka.infra.sandbox.load.LoadGenerator;
import io.voronka.infra.sandbox.mail.MailReceiver;
import io.voronka.infra.sandbox.receiver.HookReceiver;
import io.voronka.infra.sandbox.web.WebFront;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A running sandbox: one event loop, one port (and one for mail), one data folder. Everything that
 * it holds is rebuilt from the folder when it is started again, after a {@code kill -9} too.
 */
public final class Sandbox implements AutoCloseable {
  /** File in the data folder that holds the port in decimal while (and after) it runs. */
  public static final String PORT_FILE = "sandbox.port";

  private final Vertx vertx;
  private final int port;
  private final int smtpPort;

  private Sandbox(Vertx vertx, int port, int smtpPort) {
    this.vertx = vertx;
    this.port = port;
    this.smtpPort = smtpPort;
  }

  /** Starts on a free port with the system's clock. */
  public static Sandbox start(Path data) throws IOException {
    return start(
        new SandboxOptions(
            data,
            0,
            0,
            1,
            Clock.systemUTC(),
            System::nanoTime,
            () -> UUID.randomUUID().toString()));
  }

  /**
   * Starts; returns when requests are served.
   *
   * @throws IOException when the folder cannot be read, a file in it is damaged, or the port is
   *     taken
   */
  public static Sandbox start(SandboxOptions options) throws IOException {
    Files.createDirectories(options.data());
    // One loop serves everything, so that the order of events is the order of the ledger.
    // Replaying long books keeps it busy for a while: no reason for an alarm.
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
                .setMaxEventLoopExecuteTime(60));
    SandboxVerticle verticle = new SandboxVerticle(options);
    try {
      vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().join();
    } catch (RuntimeException e) {
      await(vertx.close());
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("the sandbox did not start: " + cause.getMessage(), cause);
    }
    writePort(options.data().resolve(PORT_FILE), verticle.port);
    return new Sandbox(vertx, verticle.port, verticle.mail.port());
  }

  public int port() {
    return port;
  }

  /** Of the mail server, on 127.0.0.1. */
  public int smtpPort() {
    return smtpPort;
  }

  /** {@code http://127.0.0.1:PORT}. */
  public String address() {
    return "http://127.0.0.1:" + port;
  }

  /** Stops serving and closes the files; the folder can be opened again. */
  @Override
  public void close() {
    await(vertx.close());
  }

  private static void await(Future<?> future) {
    future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Readers never see half a number: written beside, then moved. */
  private static void writePort(Path file, int port) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(beside, port + "\n", StandardCharsets.UTF_8);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Wires the parts on the event loop that they all share. */
  private static final class SandboxVerticle extends VerticleBase {
    private final SandboxOptions options;
    private int port;
    private Ledger ledger;
    private DeliveryBook book;
    private WebFront web;
    private MailReceiver mail;

    private SandboxVerticle(SandboxOptions options) {
      this.options = options;
    }

    @Override
    public Future<?> start() throws IOException {
      Context loop = context;
      Executor onLoop = task -> loop.runOnContext(go -> task.run());
      SandboxClock clock = new SandboxClock(options.clock());
      Alarms alarms = new Alarms(vertx, clock);
      FaultBoard faults = new FaultBoard(clock);
      Kommo kommo = new Kommo(clock, options.seed());
      HookReceiver hooks = new HookReceiver(vertx, faults);
      LoadGenerator load = new LoadGenerator(vertx, kommo, options.nanos());
      PendingDeliveries pending = new PendingDeliveries();

      // Attempts first: they say which of the ledger's webhooks are still owed.
      book = DeliveryBook.open(options.data().resolve("deliveries.jsonl"), onLoop, pending::told);
      ledger =
          Ledger.open(
              options.data().resolve("ledger.jsonl"),
              onLoop,
              clock,
              line -> replay(line, clock, kommo, hooks, load, pending));
      WebhookSender sender =
          new WebhookSender(vertx, clock, book, kommo, options.uuids(), alarms::changed);
      sender.onAttempt(load::record);
      kommo.connect(ledger, sender);
      hooks.connect(ledger);
      pending
          .attempts()
          .forEach(
              attempt -> {
                sender.recall(attempt);
                load.record(attempt);
              });

      mail = MailReceiver.start(onLoop, faults, ledger, options.smtpPort());
      KommoFront front = new KommoFront(vertx, kommo, clock, faults, options.uuids());
      web =
          new WebFront()
              .mount(Kommo.VENDOR, front)
              .mount(ChatsFront.SEGMENT, new ChatsFront(kommo, clock, faults))
              .mount(HookReceiver.VENDOR, hooks)
              .mount(
                  "_admin",
                  new AdminFront(
                      new BooksAdmin(vertx, ledger, book, sender),
                      new SwitchesAdmin(
                          clock, faults, hooks, kommo, ledger, sender, alarms::changed),
                      new LoadAdmin(load),
                      new KommoAdmin(kommo, front, options.uuids())));
      return web.listen(vertx, "127.0.0.1", options.port())
          .compose(
              bound -> {
                port = bound;
                return sender.warmUp("http://127.0.0.1:" + bound + "/_admin/health");
              })
          .onSuccess(
              warm -> {
                pending.owed().forEach(o -> sender.resume(o.delivery(), o.last()));
                load.resume();
                alarms.changed();
              });
    }

    private static void replay(
        JsonNode line,
        SandboxClock clock,
        Kommo kommo,
        HookReceiver hooks,
        LoadGenerator load,
        PendingDeliveries pending) {
      SwitchesAdmin.replay(clock, line);
      kommo.replay(line);
      hooks.replay(line);
      load.replay(line);
      pending.made(line);
    }

    /** The files close while the loop still runs: their last acknowledgements need it. */
    @Override
    public Future<?> stop() throws IOException {
      if (mail != null) {
        mail.close();
      }
      Future<Void> closed = web == null ? Future.succeededFuture() : web.close();
      if (ledger != null) {
        ledger.close();
      }
      if (book != null) {
        book.close();
      }
      return closed;
    }
  }
}
