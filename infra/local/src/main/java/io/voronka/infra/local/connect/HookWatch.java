package io.voronka.infra.local.connect;

import io.voronka.connectors.crm.CrmConnection;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.Subscribed;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.trouble.Trouble;
import io.voronka.connectors.crm.trouble.TroubleAlerts;
import io.voronka.infra.local.connect.RoundReport.Outcome;
import io.voronka.schemas.AlertRaised;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Looks at the subscriptions of all connected accounts. One that is off, gone or incomplete is
 * announced and made again in the same round; its alert is resolved in the next round that finds it
 * as it should be. Belongs to one thread.
 *
 * <p>Nothing is kept but in the control database and on the topic of alerts, so it may end at any
 * moment and run in two copies: the same trouble gives the same alert.
 */
public final class HookWatch {
  /** Rounds in a row without an answer before people are told. */
  static final int SILENT_ROUNDS = 3;

  private static final int AT_ONCE = 8;

  private final Parts parts;
  private final TroubleAlerts alerts = new TroubleAlerts("watch");
  private final AlertBook book = new AlertBook();
  private final Deque<AlertRaised> unsent = new ArrayDeque<>();
  private final Map<String, Integer> silent = new HashMap<>();
  private boolean logAway;

  /**
   * @param secrets where webhook tokens are found
   */
  public record Parts(
      HookTable hooks, CrmConnection crm, Secrets secrets, AlertLog log, Clock clock) {}

  public HookWatch(Parts parts) {
    this.parts = parts;
  }

  /** A subscription, where it goes (null when that cannot be said), and what was found. */
  private record Looked(ConnectedHook hook, HookAddress address, Finding finding) {}

  /**
   * Looks once at every account, a few at a time.
   *
   * @throws SQLException when the control database does not answer; nothing was done then
   */
  public RoundReport round() throws SQLException {
    RoundReport report = new RoundReport();
    List<ConnectedHook> all = parts.hooks().inUse();
    logAway = false;
    try {
      parts.log().readNew(book::apply);
    } catch (AlertLogException e) {
      // What is open is known from before; at worst an alert is written once more.
      logAway = true;
      report.remark(e.getMessage());
    }
    // Those of earlier rounds are newer than what was just read.
    unsent.forEach(book::apply);
    flush(report);
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      List<CompletableFuture<Looked>> looks = new ArrayList<>();
      for (ConnectedHook hook : all.subList(from, Math.min(all.size(), from + AT_ONCE))) {
        if (book.isOpen(hook.account(), Trouble.INTEGRATION_UNINSTALLED)) {
          report.count(Outcome.UNINSTALLED);
        } else {
          looks.add(look(hook));
        }
      }
      for (CompletableFuture<Looked> look : looks) {
        settle(look.join(), report);
      }
    }
    unsent.forEach(alert -> report.count(Outcome.ALERT_UNSENT));
    return report;
  }

  private CompletableFuture<Looked> look(ConnectedHook hook) {
    HookAddress address;
    try {
      address =
          HookAddress.of(
              hook.gatewayUrl(), hook.webhookTokenReference(), parts.secrets(), hook.account());
    } catch (ConnectException e) {
      return CompletableFuture.completedFuture(
          new Looked(hook, null, Finding.unchecked(e.getMessage())));
    }
    return parts
        .crm()
        .findWebhook(hook.account().crm(), address.destination())
        .thenApply(reply -> new Looked(hook, address, Finding.of(reply, address, hook.codes())));
  }

  private void settle(Looked looked, RoundReport report) throws SQLException {
    ControlAccount account = looked.hook().account();
    Finding finding = looked.finding();
    if (finding.isOfTheHook() && !stands(looked.hook())) {
      report.remark(account.name() + ": disconnected, or connected anew, while it was looked at");
      return;
    }
    announce(account, finding, report);
    if (finding.isOfTheHook()) {
      subscribe(looked, report);
      return;
    }
    Outcome outcome =
        finding
            .trouble()
            .map(
                trouble ->
                    switch (trouble) {
                      case CRM_ACCESS_LOST -> Outcome.ACCESS_LOST;
                      case CRM_UNREACHABLE -> Outcome.UNREACHABLE;
                      default -> Outcome.UNCHECKED;
                    })
            .orElse(Outcome.HEALTHY);
    report.count(outcome);
    if (outcome != Outcome.HEALTHY) {
      report.remark(account.name() + ": " + finding.parameters().get("reason"));
    }
  }

  /** What a person has ended in the meantime must not be made again. */
  private boolean stands(ConnectedHook hook) throws SQLException {
    ControlAccount account = hook.account();
    return parts
        .hooks()
        .find(account.tenantId(), account.accountId())
        .filter(now -> now.gatewayUrl().equals(hook.gatewayUrl()))
        .isPresent();
  }

  private void announce(ControlAccount account, Finding finding, RoundReport report) {
    long now = parts.clock().millis();
    boolean silence = finding.trouble().equals(Optional.of(Trouble.CRM_UNREACHABLE));
    int rounds = silence ? silent.merge(account.name(), 1, Integer::sum) : 0;
    if (!silence) {
      silent.remove(account.name());
    }
    finding
        .trouble()
        .filter(trouble -> !book.isOpen(account, trouble))
        .filter(trouble -> !silence || rounds >= SILENT_ROUNDS)
        .ifPresent(
            trouble ->
                tell(
                    alerts.raised(
                        account.tenantId(),
                        account.accountId(),
                        trouble,
                        book.newestId(account, trouble),
                        finding.parameters(),
                        now),
                    report));
    for (AlertRaised open : book.open(account)) {
      if (finding.proves(Trouble.valueOf(open.getKind().name()))) {
        tell(alerts.resolved(open, now), report);
      }
    }
  }

  /** Kafka may be away; subscribing again must not wait for that. */
  private void tell(AlertRaised alert, RoundReport report) {
    book.apply(alert);
    unsent.add(alert);
    flush(report);
    report.count(alert.getResolved() ? Outcome.ALERT_RESOLVED : Outcome.ALERT_RAISED);
    report.remark(
        "%s/%s: %s%s"
            .formatted(
                alert.getTenantId(),
                alert.getAccountId(),
                alert.getResolved() ? "over: " : "",
                alert.getTitle().getEn()));
  }

  /** In order; one that fails is enough for this round, each costs a time-out. */
  private void flush(RoundReport report) {
    while (!unsent.isEmpty() && !logAway) {
      try {
        parts.log().write(unsent.element());
        unsent.remove();
      } catch (AlertLogException e) {
        logAway = true;
        report.remark(e.getMessage());
      }
    }
  }

  private void subscribe(Looked looked, RoundReport report) throws SQLException {
    ConnectedHook hook = looked.hook();
    CrmReply<Subscribed> made = subscribed(looked);
    if (!made.isOk()) {
      report.count(Outcome.NOT_REGISTERED);
      report.remark(
          "%s: not registered again: %s".formatted(hook.account().name(), made.failure().detail()));
      return;
    }
    report.count(Outcome.REGISTERED_AGAIN);
    List<String> refused = made.value().refused();
    if (!refused.isEmpty()) {
      report.remark(
          "%s: Kommo takes no more: %s"
              .formatted(hook.account().name(), String.join(", ", refused)));
      parts
          .hooks()
          .save(
              new ConnectedHook(
                  hook.account(),
                  hook.gatewayUrl(),
                  hook.webhookTokenReference(),
                  made.value().subscription().codes()));
    }
  }

  /** Where asking again leaves the subscription off, it is removed and made anew. */
  private CrmReply<Subscribed> subscribed(Looked looked) {
    ConnectedHook hook = looked.hook();
    String destination = looked.address().destination();
    CrmReply<Subscribed> made =
        parts.crm().subscribe(hook.account().crm(), destination, hook.codes()).join();
    if (!made.isOk() || !made.value().subscription().disabled()) {
      return made;
    }
    CrmReply<Boolean> removed = parts.crm().unsubscribe(hook.account().crm(), destination).join();
    return removed.isOk()
        ? parts.crm().subscribe(hook.account().crm(), destination, hook.codes()).join()
        : CrmReply.failed(removed.failure());
  }
}
