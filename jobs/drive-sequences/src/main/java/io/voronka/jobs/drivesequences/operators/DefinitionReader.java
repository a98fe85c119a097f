package io.voronka.jobs.drivesequences.operators;

import io.voronka.schemas.SequenceRow;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.parsing.ParsedSequence;
import io.voronka.sequences.parsing.SequenceParser;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads definitions; those that were written past the checks are logged and counted, and harm no
 * others.
 */
final class DefinitionReader {
  private static final Logger LOG = LoggerFactory.getLogger(DefinitionReader.class);

  private final SequenceParser parser = SequenceParser.create();
  private final DriveMetrics metrics;

  DefinitionReader(DriveMetrics metrics) {
    this.metrics = metrics;
  }

  Optional<Sequence> read(SequenceRow row) {
    try {
      ParsedSequence parsed = parser.parse(row.getDefinition());
      if (!parsed.ok()) {
        leftOut(row, parsed.problems());
      }
      return parsed.sequence();
    } catch (RuntimeException | StackOverflowError e) {
      leftOut(row, e);
      return Optional.empty();
    }
  }

  private void leftOut(SequenceRow row, Object reason) {
    metrics.broken();
    LOG.error(
        "sequence {} version {} of {} is left out: {}",
        row.getSequenceId(),
        row.getVersion(),
        row.getTenantId(),
        reason.toString());
  }
}
