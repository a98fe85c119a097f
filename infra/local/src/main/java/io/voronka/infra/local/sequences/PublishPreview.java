package io.voronka.infra.local.sequences;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.voronka.infra.local.apply.SequenceBook;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceVersion;
import io.voronka.sequences.domain.Succession;
import io.voronka.sequences.domain.Succession.Fate;
import io.voronka.sequences.history.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What publishing a definition would do to those who are inside the sequence.
 *
 * @param present the newest version that is published; 0: none is
 * @param inside how many runs there are
 * @param whole false: the oldest records are gone, and who has not moved since is not counted
 */
public record PublishPreview(
    String tenant,
    String sequenceId,
    long present,
    int inside,
    Succession.Preview preview,
    boolean whole) {

  /** Of the sequences in files that would be published as new versions. */
  public static List<PublishPreview> of(SequenceRecords records, SequenceBook book)
      throws JsonProcessingException {
    List<PublishPreview> previews = new ArrayList<>();
    for (SequenceBook.Entry entry : book.sequences()) {
      if (entry.changes(records.definition(entry.tenant(), entry.sequence().id()))) {
        previews.add(of(records, entry.tenant(), entry.sequence()));
      }
    }
    return previews;
  }

  /** Counts by the code that the job goes by. */
  public static PublishPreview of(SequenceRecords records, String tenant, Sequence newer) {
    List<SequenceVersion> versions = records.versions(tenant, newer.id());
    SequenceRecords.Found found =
        records.find(new Selection(tenant, null, newer.id(), Set.of(), null));
    Map<Long, Sequence> definitions =
        versions.stream()
            .collect(Collectors.toMap(SequenceVersion::version, SequenceVersion::sequence));
    List<Succession.Place> places = new ArrayList<>();
    for (Standing standing : found.standings()) {
      if (standing.inside()) {
        Sequence by = definitions.get(standing.version());
        places.add(new Succession.Place(by, standing.step(by)));
      }
    }
    return new PublishPreview(
        tenant,
        newer.id(),
        versions.isEmpty() ? 0 : versions.get(versions.size() - 1).version(),
        places.size(),
        Succession.preview(newer, places),
        found.whole());
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    String key = tenant + '/' + sequenceId;
    if (present == 0) {
      lines.add(key + ": its first version, so nobody is inside");
      return lines;
    }
    Map<Fate, Integer> counts = preview.counts();
    lines.add(
        "%s: if version %d is published now, of %d inside %d move to it, %d begin anew, %d leave, and %d finish by the version they have"
            .formatted(
                key,
                present + 1,
                inside,
                counts.get(Fate.MOVES),
                counts.get(Fate.RESTARTS),
                counts.get(Fate.LEAVES),
                counts.get(Fate.FINISHES)));
    preview
        .unmoved()
        .forEach(
            (step, count) ->
                lines.add(
                    "    cannot move: %d in step %s, which the new version has not, or not of the same kind"
                        .formatted(count, step)));
    if (!whole) {
      lines.add(
          "    the oldest records are gone: who has not moved since then is not counted here");
    }
    return lines;
  }
}
