package io.voronka.gateway.deliver;

import io.voronka.gateway.accept.AcceptedWebhook;
import io.voronka.gateway.accept.KnownAccount;
import io.voronka.gateway.accept.OutgoingRecord;
import io.voronka.gateway.accept.RawWebhook;
import io.voronka.gateway.accept.WebhookAcceptor;
import io.voronka.gateway.accept.WebhookRecords;
import io.voronka.gateway.accounts.AccountDirectory;
import io.voronka.gateway.accounts.AccountTable;
import io.voronka.gateway.metrics.GatewayMetrics;
import io.voronka.gateway.spool.SpoolEntry;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns spool entries into records, judging those that came before the control rows did. One
 * thread's.
 */
final class SpoolJudge {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolJudge.class);

  private final AccountDirectory accounts;
  private final WebhookAcceptor acceptor;
  private final WebhookRecords encoder = new WebhookRecords();

  SpoolJudge(AccountDirectory accounts, WebhookAcceptor acceptor) {
    this.accounts = accounts;
    this.acceptor = acceptor;
  }

  /** What becomes of an entry. */
  enum Fate {
    SEND,
    /** The control rows that decide about it are not here yet. */
    WAIT,
    DROP_UNKNOWN_TOKEN,
    /** Written by a build that this one does not understand. */
    SET_ASIDE
  }

  /**
   * An entry and what becomes of it; nothing is counted before it really leaves the spool.
   *
   * @param records empty unless it is to be sent
   * @param accepted null unless it was judged only now
   */
  record Judged(
      SpoolEntry entry, Fate fate, List<OutgoingRecord> records, AcceptedWebhook accepted) {

    /** Counts it, once it has left the spool. */
    void count(GatewayMetrics metrics) {
      switch (fate) {
        case SEND -> {
          if (accepted != null) {
            metrics.accepted(accepted.received());
            metrics.alerted(accepted.alerts().size());
          }
        }
        case DROP_UNKNOWN_TOKEN -> {
          metrics.droppedUnknownToken();
          LOG.warn(
              "a webhook received at {}, before the control rows were here, has an unknown token: dropped",
              entry.receivedAt());
        }
        case SET_ASIDE -> metrics.setAside();
        case WAIT -> throw new IllegalStateException("still in the spool");
      }
    }
  }

  Judged judge(SpoolEntry entry) {
    SpooledWebhook spooled;
    try {
      spooled = SpooledWebhook.decode(entry.payload());
    } catch (IOException e) {
      LOG.error("an entry received at {} cannot be read", entry.receivedAt(), e);
      return new Judged(entry, Fate.SET_ASIDE, List.of(), null);
    }
    RawWebhook unjudged = spooled.unjudged();
    if (unjudged == null) {
      return new Judged(entry, Fate.SEND, spooled.records(), null);
    }
    AccountTable table = accounts.current();
    KnownAccount account = table.find(unjudged.tokenSha256());
    if (account == null) {
      Fate fate = table.decisive() ? Fate.DROP_UNKNOWN_TOKEN : Fate.WAIT;
      return new Judged(entry, fate, List.of(), null);
    }
    AcceptedWebhook accepted = acceptor.accept(unjudged, account);
    return new Judged(entry, Fate.SEND, encoder.of(accepted), accepted);
  }
}
