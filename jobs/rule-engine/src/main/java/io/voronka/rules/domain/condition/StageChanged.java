package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.StageMove;
import io.voronka.rules.domain.subject.SubjectView;
import java.util.List;
import java.util.Optional;

/**
 * {@code stage_changed}: with this event the lead entered a stage, by a move or by being created
 * there. Whichever of the vendor's hooks shows it first; the others show no change any more.
 *
 * @param from stages that it came from; empty: any, also none
 * @param to stages that it came to; empty: any
 * @param pipelines pipelines that it came to; empty: any
 */
public record StageChanged(
    String pointer, List<String> from, List<String> to, List<String> pipelines)
    implements Condition {

  public StageChanged {
    from = List.copyOf(from);
    to = List.copyOf(to);
    pipelines = List.copyOf(pipelines);
  }

  @Override
  public Truth test(SubjectView view) {
    view.budget().take(1 + (from.size() + to.size() + pipelines.size()) / 4);
    StageMove move = view.move();
    return switch (move.status()) {
      case NONE -> Truth.FALSE;
      case UNKNOWN -> Truth.UNKNOWN;
      case STALE -> Truth.STALE;
      case CREATED -> Truth.of(from.isEmpty()).and(entered(move));
      case MOVED -> left(move).and(entered(move));
    };
  }

  @Override
  public String expected() {
    return "stage changed"
        + (from.isEmpty() ? "" : " from " + String.join(", ", from))
        + (to.isEmpty() ? "" : " to " + String.join(", ", to))
        + (pipelines.isEmpty() ? "" : " in pipeline " + String.join(", ", pipelines));
  }

  @Override
  public String actual(SubjectView view) {
    StageMove move = view.move();
    return switch (move.status()) {
      case NONE -> "no change, in stage " + Wording.of(view.after().stageId());
      case UNKNOWN -> null;
      case STALE -> "older than the move to " + view.after().stageId();
      case CREATED -> "created in " + move.to() + pipeline(move);
      case MOVED -> "from " + Wording.of(move.from()) + " to " + move.to() + pipeline(move);
    };
  }

  @Override
  public Optional<Necessary> necessary(Selectivity selectivity) {
    if (to.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Necessary.of(
            to.stream().map(id -> new Equality(FieldRef.STAGE, ValueType.TEXT, id)).toList(),
            selectivity));
  }

  private Truth left(StageMove move) {
    if (from.isEmpty()) {
      return Truth.TRUE;
    }
    return move.from() == null ? Truth.UNKNOWN : Truth.of(from.contains(move.from()));
  }

  private Truth entered(StageMove move) {
    if (!to.isEmpty() && !to.contains(move.to())) {
      return Truth.FALSE;
    }
    if (pipelines.isEmpty()) {
      return Truth.TRUE;
    }
    return move.toPipeline() == null
        ? Truth.UNKNOWN
        : Truth.of(pipelines.contains(move.toPipeline()));
  }

  private static String pipeline(StageMove move) {
    return move.toPipeline() == null ? "" : " in pipeline " + move.toPipeline();
  }
}
