package io.voronka.jobs.executeactions.domain;

import java.util.Map;

/** What is remembered of one target for judging its actions: that of the target at hand. */
public interface GuardBook {

  /**
   * What has been sent to a client of our own accord: action id to moment, epoch milliseconds.
   *
   * @param name one that {@link Addressee#counted} gives
   */
  Map<String, Long> sentTo(String name);

  void sentTo(String name, Map<String, Long> all);

  /**
   * Who wrote last where: vendor's user id to moment, epoch milliseconds.
   *
   * @param place one of {@link Addressee#places}
   */
  Map<String, Long> writers(String place);

  /** Whether the action was taken back. */
  boolean withdrawn(String actionId);
}
