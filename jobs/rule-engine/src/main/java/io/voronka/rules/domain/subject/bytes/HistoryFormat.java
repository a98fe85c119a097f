package io.voronka.rules.domain.subject.bytes;

import io.voronka.rules.domain.subject.Happening;
import io.voronka.rules.domain.subject.LastHappenings;
import io.voronka.rules.domain.subject.Past;
import io.voronka.rules.domain.subject.Standing;
import io.voronka.rules.domain.subject.Standing.Armed;
import io.voronka.rules.domain.subject.Standing.Echo;
import io.voronka.rules.domain.subject.Standing.Firing;
import io.voronka.schemas.EventKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a subject's bytes that tells what has happened to it and where rules stand with it.
 * Times are written as differences from the newest event's. Kinds of events are written by their
 * place in the enumeration, which only grows at its end.
 */
final class HistoryFormat {
  private static final EventKind[] KINDS = EventKind.values();

  private HistoryFormat() {}

  static void write(Happening happening, long base, ByteWriter out) {
    long late = happening.seenAt() - happening.at();
    out.difference(base - happening.at());
    // Nothing is seen before it happens, so there is room for a mark: most are in no chain, and
    // take no byte more for it.
    out.difference(happening.depth() == 0 ? late : -1 - late);
    if (happening.depth() > 0) {
      out.number(happening.depth());
    }
    out.fixed(happening.id());
  }

  static Happening happening(long base, ByteReader in) {
    long at = base - in.difference();
    long late = in.difference();
    int depth = late < 0 ? in.count() : 0;
    return new Happening(at, at + (late < 0 ? -1 - late : late), in.fixed(), depth);
  }

  static void write(Past past, long base, ByteWriter out) {
    out.number(past.last().size());
    past.last()
        .forEach(
            (kind, happening) -> {
              out.number(kind.ordinal());
              write(happening, base, out);
            });
    out.number(past.counts().size());
    past.counts()
        .forEach(
            (counter, times) -> {
              out.fixed(counter);
              out.number(times.length);
              for (long time : times) {
                out.difference(base - time);
              }
            });
  }

  static Past past(long base, ByteReader in) {
    EventKind[] kinds = new EventKind[in.count()];
    Happening[] happenings = new Happening[kinds.length];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = KINDS[in.count()];
      happenings[i] = happening(base, in);
    }
    LastHappenings last = LastHappenings.of(kinds, happenings);
    int counters = in.count();
    Map<Long, long[]> counts = counters == 0 ? Map.of() : new HashMap<>(counters * 2);
    for (int i = 0; i < counters; i++) {
      long counter = in.fixed();
      long[] times = new long[in.count()];
      for (int t = 0; t < times.length; t++) {
        times[t] = base - in.difference();
      }
      counts.put(counter, times);
    }
    return new Past(last, counts);
  }

  static void write(Standing standing, long base, ByteWriter out) {
    out.number(standing.armed().size());
    for (Armed moment : standing.armed()) {
      out.fixed(moment.rule());
      out.fixed(moment.anchor());
      out.difference(moment.due() - base);
    }
    out.number(standing.firings().size());
    for (Firing firing : standing.firings()) {
      out.fixed(firing.rule());
      out.fixed(firing.anchor());
      out.difference(base - firing.at());
    }
    out.number(standing.echoes().size());
    for (Echo echo : standing.echoes()) {
      out.fixed(echo.write());
      out.number(echo.depth());
      out.difference(echo.until() - base);
    }
  }

  static Standing standing(long base, ByteReader in) {
    int waits = in.count();
    List<Armed> armed = waits == 0 ? List.of() : new ArrayList<>(waits);
    for (int i = 0; i < waits; i++) {
      armed.add(new Armed(in.fixed(), in.fixed(), base + in.difference()));
    }
    int fired = in.count();
    List<Firing> firings = fired == 0 ? List.of() : new ArrayList<>(fired);
    for (int i = 0; i < fired; i++) {
      firings.add(new Firing(in.fixed(), in.fixed(), base - in.difference()));
    }
    int expected = in.count();
    List<Echo> echoes = expected == 0 ? List.of() : new ArrayList<>(expected);
    for (int i = 0; i < expected; i++) {
      echoes.add(new Echo(in.fixed(), in.count(), base + in.difference()));
    }
    return armed.isEmpty() && firings.isEmpty() && echoes.isEmpty()
        ? Standing.NONE
        : new Standing(armed, firings, echoes);
  }
}
