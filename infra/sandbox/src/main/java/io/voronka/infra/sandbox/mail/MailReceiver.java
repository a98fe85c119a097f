package io.voronka.infra.sandbox.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.voronka.infra.sandbox.faults.Fault;
import io.voronka.infra.sandbox.faults.FaultBoard;
import io.voronka.infra.sandbox.ledger.EntryDraft;
import io.voronka.infra.sandbox.ledger.Ledger;
import io.voronka.infra.sandbox.ledger.LedgerEntry;
import io.voronka.infra.sandbox.ledger.Side;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/**
 * Speaks SMTP in threads of its own; what it writes down and which failure switches hit is decided
 * on the event loop, as for everything else here. The account of a line, and of a switch, is the
 * recipient; the methods that switches can name are {@code RCPT} and {@code DATA}.
 */
public final class MailReceiver implements AutoCloseable {
  public static final String VENDOR = "smtp";
  private static final int LARGEST = 1 << 20;
  private static final int PATIENCE_SECONDS = 30;

  private final Executor loop;
  private final FaultBoard faults;
  private final Ledger ledger;
  private final SMTPServer server;

  private MailReceiver(Executor loop, FaultBoard faults, Ledger ledger, int port) {
    this.loop = loop;
    this.faults = faults;
    this.ledger = ledger;
    this.server =
        SMTPServer.port(port)
            .bindAddress(local())
            .hostName("sandbox.test")
            .insertReceivedHeaders(false)
            .maxMessageSize(LARGEST)
            .messageHandlerFactory(Conversation::new)
            .build();
  }

  /**
   * @param port 0 takes a free one
   */
  public static MailReceiver start(Executor loop, FaultBoard faults, Ledger ledger, int port) {
    MailReceiver receiver = new MailReceiver(loop, faults, ledger, port);
    receiver.server.start();
    return receiver;
  }

  public int port() {
    return server.getPortAllocated();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static InetAddress local() {
    try {
      return InetAddress.getByName("127.0.0.1");
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a literal address", e);
    }
  }

  private <T> T onLoop(Supplier<Future<T>> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    loop.execute(
        () ->
            work.get()
                .onComplete(
                    result -> {
                      if (result.succeeded()) {
                        done.complete(result.result());
                      } else {
                        done.completeExceptionally(result.cause());
                      }
                    }));
    return done.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** One mail. */
  private final class Conversation implements MessageHandler {
    private final MessageContext context;
    private String sender;
    private String recipient;

    Conversation(MessageContext context) {
      this.context = context;
    }

    @Override
    public void from(String from) {
      sender = from;
    }

    @Override
    public void recipient(String address) throws RejectException {
      recipient = address;
      Optional<Fault> fault = fault("RCPT");
      if (fault.isPresent() && fault.get().status() != null) {
        write(refused(fault.get()));
        throw new RejectException(fault.get().status(), "as a switch of the sandbox says");
      }
    }

    @Override
    public String data(InputStream in) throws RejectException, IOException {
      ObjectNode mail = ReceivedMail.read(in, sender);
      Optional<Fault> fault = fault("DATA");
      if (fault.isPresent() && fault.get().status() != null) {
        write(refused(fault.get()).body(mail));
        throw new RejectException(fault.get().status(), "as a switch of the sandbox says");
      }
      boolean before = fault.isPresent() && fault.get().drop() == Fault.Drop.BEFORE;
      if (!before) {
        EntryDraft draft =
            draft()
                .body(mail)
                .status(250)
                .effects(
                    List.of(
                        new LedgerEntry.EffectLine(
                            "send_email", "mail/" + mail.path("message_id").asText(), null)));
        fault.ifPresent(one -> draft.fault(one.name()));
        write(draft);
      }
      if (fault.isPresent() && fault.get().drop() != null) {
        ((Session) context).closeSocket();
      }
      return null;
    }

    @Override
    public void done() {}

    private Optional<Fault> fault(String method) {
      return onLoop(() -> Future.succeededFuture(faults.take(recipient, method, "/")));
    }

    private EntryDraft draft() {
      return new EntryDraft(VENDOR, Side.MAIL, recipient);
    }

    private EntryDraft refused(Fault fault) {
      return draft().status(fault.status()).fault(fault.name());
    }

    private void write(EntryDraft draft) {
      onLoop(() -> ledger.append(draft, List.of(), List.of(), null).durable());
    }
  }
}
