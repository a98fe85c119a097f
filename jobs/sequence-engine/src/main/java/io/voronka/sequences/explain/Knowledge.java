package io.voronka.sequences.explain;

import io.voronka.schemas.EventKind;
import io.voronka.sequences.domain.Sequence;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a sequence besides its records.
 *
 * @param zone that times are written in
 * @param versions the definitions, by version
 * @param causes of events and commands, by id
 */
public record Knowledge(
    ZoneId zone, String sequenceId, Map<Long, Sequence> versions, Map<String, Cause> causes) {

  public Knowledge {
    versions = Map.copyOf(versions);
    causes = Map.copyOf(causes);
  }

  /**
   * What made something happen.
   *
   * @param event null: a command did
   * @param actor who asked, {@code rule:ID} or a person; null: an event did
   */
  public record Cause(EventKind event, String actor) {
    public static Cause of(EventKind event) {
      return new Cause(event, null);
    }

    public static Cause by(String actor) {
      return new Cause(null, actor);
    }
  }

  /** The newest definition. */
  Optional<Sequence> newest() {
    return Optional.ofNullable(new TreeMap<>(versions).lastEntry()).map(Map.Entry::getValue);
  }

  String name() {
    return newest().map(Sequence::name).orElse(sequenceId);
  }
}
