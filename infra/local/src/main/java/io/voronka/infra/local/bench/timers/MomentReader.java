package io.voronka.infra.local.bench.timers;

import io.voronka.infra.local.bench.TopicBook;
import io.voronka.infra.local.bench.timers.Lateness.Told;
import io.voronka.infra.local.process.Polling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Reads moments as they are told. */
final class MomentReader {
  /** Between two looks at how far the job is. */
  static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final TopicBook book;
  private final Waits waits;

  /** Up to here all have been looked at. */
  private Map<TopicPartition, Long> read;

  /** From now on. */
  MomentReader(TopicBook book, Waits waits) {
    this.book = book;
    this.waits = waits;
    skip();
  }

  /** What is there already is not looked at. */
  void skip() {
    read = book.ends(waits.topic());
  }

  /** Whether {@link #await} tells that so many moments are there. */
  boolean areCounted() {
    return waits.oneRecordEach();
  }

  /**
   * Waits until so many records are there, none of which is looked at yet.
   *
   * @param limit then it is given up
   */
  void await(long expected, Duration limit) {
    Polling.until(
        limit, LOOK_EVERY, () -> TopicBook.between(read, book.ends(waits.topic())) >= expected);
  }

  /**
   * Waits for the moments of so many leads; some are told twice after a failure.
   *
   * @param limit then those are returned that are there
   */
  List<Told> read(long expected, Duration limit) {
    List<Told> told = new ArrayList<>();
    BitSet leads = new BitSet();
    Polling.until(
        limit,
        LOOK_EVERY,
        () -> {
          Map<TopicPartition, Long> ends = book.ends(waits.topic());
          // Read seldom: it costs the broker and a processor that the job needs.
          if (TopicBook.between(read, ends) >= expected - leads.cardinality()) {
            readOn(ends, told, leads);
          }
          return leads.cardinality() >= expected;
        });
    if (leads.cardinality() < expected) {
      readOn(book.ends(waits.topic()), told, leads);
    }
    return told;
  }

  private void readOn(Map<TopicPartition, Long> ends, List<Told> told, BitSet leads) {
    int seen = told.size();
    book.read(read, ends, record -> waits.told(record).ifPresent(told::add));
    told.subList(seen, told.size()).forEach(one -> leads.set(one.lead()));
    read = ends;
  }
}
