package io.voronka.infra.sandbox.kommo.access;

import io.voronka.infra.sandbox.kommo.model.Limits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the requests of each integration to each account. At most N are accepted within any 1,000
 * ms; refused ones do not count against that, but too many of them block the caller for a while.
 */
public final class RequestLimiter {
  /** What to do with a request. */
  public enum Verdict {
    PASS,
    /** 429. */
    TOO_MANY,
    /** 403 and a page of HTML, whatever was asked. */
    BLOCKED
  }

  private static final class Caller {
    private final Deque<Long> accepted = new ArrayDeque<>();
    private final Deque<Long> strikes = new ArrayDeque<>();
    private long blockedUntil;
  }

  private final Map<String, Caller> callers = new HashMap<>();

  /** Judges one request at {@code now} (epoch milliseconds) and remembers it. */
  public Verdict judge(String account, String clientId, Limits limits, long now) {
    Caller caller = callers.computeIfAbsent(key(account, clientId), k -> new Caller());
    if (now < caller.blockedUntil) {
      return Verdict.BLOCKED;
    }
    forget(caller.accepted, now - 1_000L);
    if (caller.accepted.size() < limits.requestsPerSecond()) {
      caller.accepted.addLast(now);
      return Verdict.PASS;
    }
    forget(caller.strikes, now - limits.strikeWindowSeconds() * 1_000L);
    caller.strikes.addLast(now);
    if (caller.strikes.size() >= limits.strikesBeforeBlock()) {
      caller.strikes.clear();
      caller.blockedUntil = now + limits.blockSeconds() * 1_000L;
    }
    return Verdict.TOO_MANY;
  }

  /** Whether the caller is blocked, without counting a request. */
  public boolean blocked(String account, String clientId, long now) {
    Caller caller = callers.get(key(account, clientId));
    return caller != null && now < caller.blockedUntil;
  }

  public void unblock(String account) {
    callers.keySet().removeIf(key -> key.startsWith(account + "/"));
  }

  private static String key(String account, String clientId) {
    return account + "/" + clientId;
  }

  private static void forget(Deque<Long> times, long until) {
    while (!times.isEmpty() && times.peekFirst() <= until) {
      times.removeFirst();
    }
  }
}
