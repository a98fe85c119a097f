package io.voronka.infra.local.imports;

import java.util.List;

/** Is told what an import does. */
public interface ImportListener {
  /**
   * The catalogue has been read and written.
   *
   * @param changes one text per difference, several lines long where details follow; none when all
   *     was known
   */
  void catalogue(String account, List<String> changes);

  /**
   * @param progress where an earlier run stopped
   */
  void began(String account, ImportedKind kind, ImportProgress progress);

  void advanced(String account, ImportedKind kind, ImportProgress progress);

  void finished(String account, ImportedKind kind, ImportProgress progress);

  /** Something that a person may want to know, such as why nothing moves. */
  void note(String text);
}
