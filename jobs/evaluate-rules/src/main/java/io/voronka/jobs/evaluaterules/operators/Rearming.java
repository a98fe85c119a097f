package io.voronka.jobs.evaluaterules.operators;

import io.voronka.jobs.evaluaterules.domain.RulesInForce;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Goes through the waiting subjects of a tenant after its rules have changed, a few at a time, so
 * that events are judged in between. What has been gone through is in a checkpoint, so that a
 * restart begins only what was not finished.
 */
final class Rearming {
  private static final int AT_A_TIME = 500;

  private final RulesInForce rules;
  private final Task task;

  /** What the tenants' subjects are armed for; a tenant without is armed for nothing. */
  private final Map<String, Long> done = new HashMap<>();

  private final Map<String, Long> wanted = new HashMap<>();

  /** What the walk that runs is about. */
  private final Map<String, Long> started = new HashMap<>();

  private long nextLook = Long.MAX_VALUE;
  private Stream<String> stream;
  private Iterator<String> keys;

  Rearming(RulesInForce rules, Task task) {
    this.rules = rules;
    this.task = task;
  }

  /** What the operator does for it. */
  interface Task {
    /** All keys of this subtask that have a memory. */
    Stream<String> keys();

    /** Works out anew what the key's rules wait for. */
    void rearm(String key) throws Exception;

    /** Calls {@link #step} soon, in the task's thread. */
    void soon();
  }

  /** A tenant's subjects were armed for this before the restart. */
  void restored(String tenantId, long waits) {
    done.put(tenantId, waits);
  }

  /** For the checkpoint. */
  Map<String, Long> done() {
    return done;
  }

  /** True while subjects are gone through. */
  boolean isRunning() {
    return keys != null;
  }

  /** The rules have changed, or will at a time that is known. */
  void rulesChanged() {
    nextLook = Long.MIN_VALUE;
  }

  /**
   * The log's time has come so far; begins what has become necessary.
   *
   * @param now epoch milliseconds
   */
  void timeIs(long now) {
    if (now < nextLook) {
      return;
    }
    nextLook = Long.MAX_VALUE;
    Set<String> tenants = new HashSet<>(done.keySet());
    tenants.addAll(rules.tenants());
    for (String tenant : tenants) {
      OptionalLong next = rules.nextChange(tenant, now);
      nextLook = Math.min(nextLook, next.orElse(Long.MAX_VALUE));
      long waits = rules.waits(tenant, now);
      if (waits != wanted.getOrDefault(tenant, done.getOrDefault(tenant, 0L))) {
        wanted.put(tenant, waits);
      }
    }
    if (!wanted.isEmpty() && keys == null) {
      begin();
    }
  }

  /** Goes through a few more. */
  void step() throws Exception {
    if (keys == null) {
      return;
    }
    List<String> batch = new ArrayList<>(AT_A_TIME);
    for (int i = 0; i < AT_A_TIME && keys.hasNext(); i++) {
      String key = keys.next();
      if (started.containsKey(key.substring(0, key.indexOf('|')))) {
        batch.add(key);
      }
    }
    boolean last = !keys.hasNext();
    for (String key : batch) {
      task.rearm(key);
    }
    if (!last) {
      task.soon();
      return;
    }
    finish();
    if (!wanted.isEmpty()) {
      begin();
    }
  }

  void close() {
    if (stream != null) {
      stream.close();
      stream = null;
      keys = null;
    }
  }

  private void begin() {
    started.clear();
    started.putAll(wanted);
    stream = task.keys();
    keys = stream.iterator();
    task.soon();
  }

  private void finish() {
    close();
    started.forEach(
        (tenant, waits) -> {
          if (waits == 0) {
            done.remove(tenant);
          } else {
            done.put(tenant, waits);
          }
          wanted.remove(tenant, waits);
        });
  }
}
