package io.voronka.rules.comparison;

/** Something that finds the rules that an event satisfies. Made ready for a fixed list of both. */
public interface MatchingEngine extends AutoCloseable {

  String name();

  /**
   * @param event number in the list that the engine was made with
   * @param into gets the number of every rule that the event satisfies, in any order
   */
  void match(int event, Matches into);

  @Override
  default void close() {}
}
