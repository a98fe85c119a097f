package io.voronka.infra.local.imports;

import io.voronka.connectors.crm.Card;
import io.voronka.connectors.crm.CrmInventory;
import io.voronka.connectors.crm.Page;
import io.voronka.infra.local.imports.ImportException.Reason;
import io.voronka.schemas.CrmEvent;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the entities of one kind in the order of their last change, and publishes them.
 *
 * <p>Not page after page: people go on working, and what they change moves to the end, so that
 * later pages would miss what moves up. Each request asks for what was changed at or after the last
 * change seen. Only where one second holds more than a page are further pages of that second read,
 * again and again until one round shows nothing new.
 */
final class CardImport {
  private final CrmInventory crm;
  private final PatientReads reads;
  private final EventSink sink;
  private final Clock clock;
  private final ImportListener listener;

  CardImport(
      CrmInventory crm, PatientReads reads, EventSink sink, Clock clock, ImportListener listener) {
    this.crm = crm;
    this.reads = reads;
    this.sink = sink;
    this.clock = clock;
    this.listener = listener;
  }

  /** Goes on from where the table says, to the end. Progress is saved after each page. */
  ImportProgress run(ImportedAccount account, ImportedKind kind, ProgressTable table)
      throws SQLException {
    // What is dated ahead must not become the border: all that changes before it would be missed.
    Instant farthest = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    ImportProgress progress = table.of(kind);
    listener.began(account.key(), kind, progress);
    // Published in this run and not older than the border, by id, with the seconds of the change.
    Map<String, Long> published = new HashMap<>();
    int page = 1;
    boolean newInSecond = false;
    while (true) {
      Instant from = progress.updatedFrom();
      int asked = page;
      Page<Card> got =
          reads.read(
              kind + " of " + account.key(),
              () -> crm.readCards(account.crm(), kind.type(), from, asked));
      checkOrder(account, kind, from, got.items());
      List<Card> fresh = got.items().stream().filter(card -> isNew(card, published)).toList();
      publish(account, kind, fresh);
      fresh.forEach(card -> published.put(card.id(), card.updatedAt().getEpochSecond()));
      newInSecond = newInSecond || fresh.stream().anyMatch(card -> card.updatedAt().equals(from));

      Instant last = from;
      if (!got.items().isEmpty()) {
        last = got.items().get(got.items().size() - 1).updatedAt();
      }
      boolean secondEnds = last.isAfter(from) || !got.more();
      boolean again = secondEnds && page > 1 && newInSecond;
      Instant reached = secondEnds && !again ? last : from;
      progress =
          progress.reached(
              reached,
              got.items().isEmpty() ? null : got.items().get(0).updatedAt(),
              fresh.size(),
              got.unreadable());
      if (secondEnds && !again && !got.more()) {
        progress = progress.done().notBeyond(farthest);
        table.save(kind, progress);
        listener.finished(account.key(), kind, progress);
        return progress;
      }
      table.save(kind, progress.notBeyond(farthest));
      listener.advanced(account.key(), kind, progress);
      published.values().removeIf(seconds -> seconds < reached.getEpochSecond());
      page = secondEnds ? 1 : page + 1;
      newInSecond = newInSecond && !secondEnds;
    }
  }

  private void publish(ImportedAccount account, ImportedKind kind, List<Card> cards) {
    if (cards.isEmpty()) {
      return;
    }
    long now = clock.millis();
    List<CrmEvent> events = new ArrayList<>(cards.size());
    cards.forEach(card -> events.add(ImportedEvents.of(account.crm(), kind, card, now)));
    sink.publish(events);
  }

  private static boolean isNew(Card card, Map<String, Long> published) {
    Long at = published.get(card.id());
    return at == null || at != card.updatedAt().getEpochSecond();
  }

  /** A list in another order would make the border jump over what was never read. */
  private static void checkOrder(
      ImportedAccount account, ImportedKind kind, Instant from, List<Card> cards) {
    Instant last = from;
    for (Card card : cards) {
      if (card.updatedAt().isBefore(last)) {
        throw new ImportException(
            Reason.ANSWER_NOT_BELIEVED,
            "%s of %s do not come in the order of their last change: %s is of %s, after %s"
                .formatted(kind, account.key(), card.id(), card.updatedAt(), last));
      }
      last = card.updatedAt();
    }
  }
}
