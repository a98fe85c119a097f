package io.voronka.jobs.executeactions.operators;

import io.voronka.connectors.crm.RequestPace;
import io.voronka.jobs.executeactions.domain.EarlierAttempt;
import io.voronka.jobs.executeactions.domain.PendingAction;
import io.voronka.jobs.executeactions.domain.Target;
import io.voronka.jobs.executeactions.domain.TargetMemory;
import io.voronka.jobs.executeactions.domain.TokenBucket;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.MailSenderRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The targets that have something to do, by key. Concurrent only because metric reporters look in
 * from their own threads.
 */
final class Targets {
  private static final String MAIL = "//mail/";

  private final Map<String, Target> byKey = new ConcurrentHashMap<>();
  private final ExecutorSettings settings;
  private final ControlCopy controls;
  private final EarlierAttempt earlier;

  Targets(ExecutorSettings settings, ControlCopy controls, EarlierAttempt earlier) {
    this.settings = settings;
    this.controls = controls;
    this.earlier = earlier;
  }

  Map<String, Target> byKey() {
    return byKey;
  }

  List<String> keys() {
    return List.copyOf(byKey.keySet());
  }

  /** Null when the target has nothing to do. */
  Target find(String key) {
    return byKey.get(key);
  }

  /**
   * @param memory what it taught us before it was dropped
   */
  Target open(String key, TargetMemory memory, long now) {
    TokenBucket bucket = new TokenBucket(budget(key), earlier.startedAt(), !earlier.existed());
    Target target = new Target(bucket, settings.retries(), settings.mostInFlight());
    target.allowance().remember(memory);
    if (earlier.existed()) {
      target.nothingKnownBefore(earlier.startedAt());
    }
    if (controls.ready()) {
      resize(key, target, now);
    }
    byKey.put(key, target);
    return target;
  }

  /** The budget follows the account's row, and what the target takes of it. */
  void resize(String key, Target target, long now) {
    target.allowance().promise(budget(key), now);
  }

  boolean controlsReady() {
    return controls.ready();
  }

  /**
   * What an action on its way, that the guard has let pass, is carried out with. Requests beyond
   * those that it was granted wait for these to come back.
   */
  Means means(String key, PendingAction action, ActionRequested request) {
    return controls.means(request).at(RequestPace.of(find(key).granted(action)));
  }

  void drop(String key) {
    byKey.remove(key);
  }

  private int budget(String key) {
    int bar = key.indexOf('|');
    String rest = key.substring(bar + 1);
    String tenant = key.substring(0, Math.max(bar, 0));
    if (rest.startsWith(MAIL)) {
      String sender = ControlKeys.mailSender(tenant, rest.substring(MAIL.length()));
      return controls.mailSender(sender).map(MailSenderRow::getMessagesPerSecond).orElse(1);
    }
    if (rest.startsWith("//")) {
      return settings.hostRequestsPerSecond();
    }
    Optional<AccountRow> account = controls.account(tenant, rest);
    // Of an account that is not known nothing is sent; its queue must still be looked at.
    return account
        .map(row -> Math.min(row.getRequestsPerSecond(), row.getAccountRequestsPerSecond()))
        .map(budget -> Math.max(1, budget))
        .orElse(1);
  }
}
