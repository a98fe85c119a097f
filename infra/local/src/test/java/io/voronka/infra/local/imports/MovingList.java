package io.voronka.infra.local.imports;

import io.voronka.connectors.crm.Card;
import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmInventory;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.FieldDefinition;
import io.voronka.connectors.crm.Page;
import io.voronka.connectors.crm.Pipeline;
import io.voronka.connectors.crm.User;
import io.voronka.schemas.EntityType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A CRM with leads alone, small pages, and people who change leads between two requests. */
final class MovingList implements CrmInventory {
  private final int pageSize;
  private final Map<Long, Long> changedAt = new TreeMap<>();
  private final Map<Integer, Runnable> afterRequest = new HashMap<>();
  private final List<Long> askedFrom = new ArrayList<>();
  private int failing;
  private int unreadable;
  private boolean ordered = true;

  MovingList(int pageSize) {
    this.pageSize = pageSize;
  }

  void put(long id, long seconds) {
    changedAt.put(id, seconds);
  }

  /** Runs once the request of this number, from 1, has been answered. */
  void afterRequest(int number, Runnable change) {
    afterRequest.put(number, change);
  }

  /** The request of this number is refused. */
  void failAt(int number) {
    failing = number;
  }

  void unreadable(int items) {
    unreadable = items;
  }

  /** From now on by id. */
  void unordered() {
    ordered = false;
  }

  List<Long> askedFrom() {
    return askedFrom;
  }

  @Override
  public CompletableFuture<CrmReply<Page<Card>>> readCards(
      CrmAccount account, EntityType type, Instant updatedFrom, int page) {
    askedFrom.add(updatedFrom.getEpochSecond());
    int number = askedFrom.size();
    if (number == failing) {
      return CompletableFuture.completedFuture(
          CrmReply.failed(CrmFailure.before(CrmFailure.Kind.FORBIDDEN, 403, "no")));
    }
    Stream<Map.Entry<Long, Long>> found =
        changedAt.entrySet().stream()
            .filter(entry -> entry.getValue() >= updatedFrom.getEpochSecond());
    if (ordered) {
      found =
          found.sorted(
              Comparator.<Map.Entry<Long, Long>>comparingLong(Map.Entry::getValue)
                  .thenComparing(Map.Entry::getKey));
    }
    List<Card> all = found.map(entry -> card(entry.getKey(), entry.getValue())).toList();
    int from = Math.min(all.size(), (page - 1) * pageSize);
    int to = Math.min(all.size(), from + pageSize);
    Page<Card> answer = new Page<>(all.subList(from, to), unreadable, to < all.size());
    afterRequest.getOrDefault(number, () -> {}).run();
    return CompletableFuture.completedFuture(CrmReply.of(answer));
  }

  @Override
  public CompletableFuture<CrmReply<Page<Pipeline>>> readPipelines(CrmAccount account) {
    throw new UnsupportedOperationException("leads alone");
  }

  @Override
  public CompletableFuture<CrmReply<Page<FieldDefinition>>> readFields(
      CrmAccount account, EntityType entity, int page) {
    throw new UnsupportedOperationException("leads alone");
  }

  @Override
  public CompletableFuture<CrmReply<Page<User>>> readUsers(CrmAccount account, int page) {
    throw new UnsupportedOperationException("leads alone");
  }

  private static Card card(long id, long seconds) {
    return new Card(
        EntityType.LEAD,
        String.valueOf(id),
        Instant.ofEpochSecond(seconds),
        "0",
        Map.of("name", "Lead " + id),
        List.of(),
        List.of(),
        List.of());
  }
}
