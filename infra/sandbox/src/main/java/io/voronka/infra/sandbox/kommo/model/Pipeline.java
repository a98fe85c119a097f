package io.voronka.infra.sandbox.kommo.model;

import java.util.List;

/** A funnel with its stages, won and lost included. */
public record Pipeline(long id, String name, int sort, boolean main, List<Stage> stages) {
  public Pipeline {
    stages = stages == null ? List.of() : List.copyOf(stages);
  }

  public boolean has(long stageId) {
    return stages.stream().anyMatch(s -> s.id() == stageId);
  }
}
