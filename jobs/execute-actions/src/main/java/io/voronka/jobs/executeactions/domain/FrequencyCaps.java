package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionKind;
import io.voronka.schemas.FrequencyCap;
import io.voronka.schemas.TenantRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How often a client is written to of our own accord, over all rules and sequences of the tenant.
 *
 * <p>What one place sees is bounded by it: messages and salesbot runs to a contact of <em>one CRM
 * account</em>, mails to an address through <em>one mail sender</em>. A person who is a contact in
 * two accounts, or written to by two senders, can get the most in each: those are different targets
 * with budgets of their own, and a count over all of them would make every message wait for a
 * second place. An action counts from the moment it is sent, once however often it is tried, and
 * not any more when it turns out that it did not arrive.
 */
final class FrequencyCaps {
  private static final long REMEMBERED_MILLIS = Duration.ofDays(30).toMillis();

  /** More than any cap allows. */
  private static final int MOST_REMEMBERED = 1000;

  private final GuardBook book;

  FrequencyCaps(GuardBook book) {
    this.book = book;
  }

  /** Whether the client has had as much as is allowed. */
  boolean reached(TenantRow tenant, PendingAction action, long now) {
    FrequencyCap cap =
        action.kind() == ActionKind.SEND_EMAIL ? tenant.getMailCap() : tenant.getMessageCap();
    if (cap == null || !Addressee.ofOurOwnAccord(action.kind())) {
      return false;
    }
    long from = now - cap.getPeriodMillis();
    for (String name : action.addressee().counted(action.kind())) {
      Map<String, Long> sent = book.sentTo(name);
      long others =
          sent.entrySet().stream()
              .filter(one -> one.getValue() > from && !one.getKey().equals(action.id()))
              .count();
      if (others >= cap.getMost()) {
        return true;
      }
    }
    return false;
  }

  void sent(PendingAction action, long now) {
    for (String name : names(action)) {
      Map<String, Long> sent = new HashMap<>(book.sentTo(name));
      if (sent.putIfAbsent(action.id(), now) == null) {
        sent.values().removeIf(at -> at <= now - REMEMBERED_MILLIS);
        if (sent.size() > MOST_REMEMBERED) {
          sent.entrySet().stream()
              .min(Map.Entry.comparingByValue())
              .map(Map.Entry::getKey)
              .ifPresent(sent::remove);
        }
        book.sentTo(name, sent);
      }
    }
  }

  void notSent(PendingAction action) {
    for (String name : names(action)) {
      Map<String, Long> sent = new HashMap<>(book.sentTo(name));
      if (sent.remove(action.id()) != null) {
        book.sentTo(name, sent);
      }
    }
  }

  private static Set<String> names(PendingAction action) {
    return Addressee.ofOurOwnAccord(action.kind())
        ? action.addressee().counted(action.kind())
        : Set.of();
  }
}
