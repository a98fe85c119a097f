package io.voronka.rules.domain.catalogue;

import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.StableId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules or sequences as they compare by the fields of one account: a form of them for each time at
 * which a field changed that their conditions name. The forms are made when they are first needed,
 * and kept while other fields change. Not thread-safe.
 */
public final class Typed<T> {
  private final Function<Typing, T> typed;
  private final String accountId;
  private final ZoneId zone;
  private final Set<FieldRef> named;
  private List<Span<T>> newestFirst = List.of();

  /** What it is as long as no field is known; null before that is asked for. */
  private T untyped;

  private Typed(T written, Function<Typing, T> typed, Named named, String accountId, ZoneId zone) {
    this.untyped = named.local() ? null : written;
    this.typed = typed;
    this.named = named.fields();
    this.accountId = accountId;
    this.zone = zone;
  }

  /** A time through which the fields that are named stay as they are. */
  private static final class Span<T> {
    final long from;
    final FieldCatalogue fields;
    final Map<String, KnownField> known;
    final long mark;
    T made;

    Span(long from, FieldCatalogue fields, Map<String, KnownField> known, long mark) {
      this.from = from;
      this.fields = fields;
      this.known = known;
      this.mark = mark;
    }
  }

  /**
   * @param written compares as it is written
   * @param typed makes another form of it
   * @param named in its conditions that may matter to the account
   * @param zone the tenant's, of which the dates in conditions are
   */
  public static <T> Typed<T> of(
      T written,
      Function<Typing, T> typed,
      Named named,
      String accountId,
      AccountFields fields,
      ZoneId zone) {
    Typed<T> made = new Typed<>(written, typed, named, accountId, zone);
    made.goBy(fields);
    return made;
  }

  /**
   * What is named that is something else in another account.
   *
   * @param fields custom ones
   * @param local true: there are dates that are other moments in another zone
   */
  public record Named(Set<FieldRef> fields, boolean local) {
    public Named {
      fields = Set.copyOf(fields);
    }
  }

  public static Named named(Stream<Condition> conditions) {
    List<Condition> all = conditions.toList();
    Set<FieldRef> fields =
        all.stream()
            .flatMap(Condition::nodes)
            .flatMap(Typed::fields)
            .filter(field -> field.naming() != FieldRef.Naming.STANDARD)
            .collect(Collectors.toSet());
    return new Named(fields, all.stream().anyMatch(Typing::isLocal));
  }

  public boolean isOf(ZoneId other) {
    return zone.equals(other);
  }

  /** Takes the fields as they are known now. */
  public void goBy(AccountFields fields) {
    List<Span<T>> spans = new ArrayList<>();
    Map<String, KnownField> before = Map.of();
    for (long from : named.isEmpty() ? Set.<Long>of() : fields.changes()) {
      FieldCatalogue catalogue = fields.at(from);
      Map<String, KnownField> known = known(catalogue);
      if (!known.equals(before)) {
        long mark = known.isEmpty() ? 0 : StableId.fingerprint(accountId + zone + known);
        Span<T> span = new Span<>(from, catalogue, known, mark);
        span.made = made(known);
        spans.add(0, span);
        before = known;
      }
    }
    newestFirst = spans;
  }

  /** What is named, and whether its code means nothing else. */
  private Map<String, KnownField> known(FieldCatalogue catalogue) {
    Map<String, KnownField> known = new TreeMap<>();
    for (FieldRef ref : named) {
      KnownField field = catalogue.find(ref);
      if (field != null) {
        String only = catalogue.isOneField(ref.name()) ? "!" : "";
        known.put(ref.naming() + ref.name() + only, field);
      }
    }
    return known;
  }

  /** Null when such a form has not been made yet. */
  private T made(Map<String, KnownField> known) {
    for (Span<T> span : newestFirst) {
      if (span.made != null && span.known.equals(known)) {
        return span.made;
      }
    }
    return null;
  }

  /**
   * @param time the log's, epoch milliseconds
   */
  public T at(long time) {
    Span<T> span = span(time);
    if (span == null || span.mark == 0) {
      untyped = untyped == null ? typed.apply(new Typing(FieldCatalogue.UNKNOWN, zone)) : untyped;
      return untyped;
    }
    if (span.made == null) {
      span.made = typed.apply(new Typing(span.fields, zone));
    }
    return span.made;
  }

  /** Fingerprint of the fields that are named; 0 when none of them is known. */
  public long mark(long time) {
    Span<T> span = span(time);
    return span == null ? 0 : span.mark;
  }

  /** Drops what nothing of this time or a later one can be compared by. */
  public void forgetBefore(long time) {
    Span<T> kept = span(time);
    newestFirst.removeIf(span -> kept != null && span.from < kept.from);
  }

  /** Null before the first. */
  private Span<T> span(long time) {
    for (int i = 0; i < newestFirst.size(); i++) {
      if (newestFirst.get(i).from <= time) {
        return newestFirst.get(i);
      }
    }
    return null;
  }

  private static Stream<FieldRef> fields(Condition node) {
    if (node instanceof EventTriggered event) {
      return event.filters().stream().map(EventTriggered.Filter::field);
    }
    if (node instanceof TimeElapsed wait) {
      return Stream.ofNullable(wait.since().field());
    }
    return node instanceof FieldCondition condition ? Stream.of(condition.field()) : Stream.empty();
  }
}
