package io.voronka.jobs.kit.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where tests and the operators of their job, which reach it by serialization, meet: feeds and
 * recordings by test id and name. The fixture removes what its test has left.
 */
final class Bench {
  private static final Map<String, Feed<?>> FEEDS = new ConcurrentHashMap<>();
  private static final Map<String, List<Object>> RECORDINGS = new ConcurrentHashMap<>();

  private Bench() {}

  @SuppressWarnings("unchecked")
  static <T> Feed<T> feed(String test, String name) {
    return (Feed<T>) FEEDS.computeIfAbsent(key(test, name), ignored -> new Feed<T>());
  }

  static List<Object> recording(String test, String name) {
    return RECORDINGS.computeIfAbsent(key(test, name), ignored -> new CopyOnWriteArrayList<>());
  }

  static void forget(String test) {
    FEEDS.keySet().removeIf(key -> key.startsWith(test + '/'));
    RECORDINGS.keySet().removeIf(key -> key.startsWith(test + '/'));
  }

  private static String key(String test, String name) {
    return test + '/' + name;
  }
}
