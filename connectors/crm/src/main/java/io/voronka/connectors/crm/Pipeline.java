package io.voronka.connectors.crm;

import java.util.List;

/**
 * A funnel with its columns.
 *
 * @param main the one that new leads go to
 * @param stages in the order of the columns
 */
public record Pipeline(
    String id, String name, int sort, boolean main, boolean archived, List<Stage> stages) {
  public Pipeline {
    stages = List.copyOf(stages);
  }

  /**
   * A column.
   *
   * @param type the vendor's number for its kind: 1 takes incoming leads, 0 is any other
   */
  public record Stage(String id, String name, int sort, int type) {}
}
