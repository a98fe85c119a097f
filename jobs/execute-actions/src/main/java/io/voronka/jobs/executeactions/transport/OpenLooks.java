package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.CrmReply;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.transport.ActionTransport.Look;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * What the account's book of events is asked about: looks whose lead does not show what was wanted,
 * although it may have done so before.
 *
 * @param results of comparing the leads, for each look one
 * @param open places of these looks, at least one
 */
record OpenLooks(List<Look> looks, List<ReadResult> results, Collection<Integer> open) {

  List<String> leadIds() {
    return open.stream().map(i -> looks.get(i).request().getSubjectId()).toList();
  }

  /** The first moment at which one of their actions may have left a trace. */
  Instant since() {
    return Instant.ofEpochMilli(
        open.stream().mapToLong(i -> looks.get(i).since()).min().getAsLong());
  }

  /**
   * The results with what the book adds; what it does not tell stays as it was.
   *
   * @param tells of the look at a place, whether the book has what was wanted
   */
  <T> List<ReadResult> with(CrmReply<T> book, IntFunction<Predicate<T>> tells) {
    List<ReadResult> known = new ArrayList<>(results);
    for (int i : open) {
      book.fold(
          told ->
              tells.apply(i).test(told)
                  ? known.set(i, ReadResult.found(looks.get(i).request().getSubjectId()))
                  : null,
          failure ->
              failure.kind().isTransient() ? known.set(i, CrmResults.readFailed(failure)) : null);
    }
    return known;
  }
}
