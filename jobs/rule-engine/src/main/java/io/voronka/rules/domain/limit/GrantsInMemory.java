package io.voronka.rules.domain.limit;

import java.util.HashMap;
import java.util.Map;

/** What has been granted to one tenant's rules, for as long as it is held. */
public final class GrantsInMemory implements Grants.Book<RuntimeException> {
  private final Map<String, Integer> days = new HashMap<>();
  private final Map<String, long[]> times = new HashMap<>();

  @Override
  public int granted(String rule, long day) {
    return days.getOrDefault(rule + '|' + day, 0);
  }

  @Override
  public void grant(String rule, long day, int granted) {
    days.put(rule + '|' + day, granted);
  }

  @Override
  public long[] times(String rule, String subject) {
    return times.getOrDefault(rule + '|' + subject, new long[0]);
  }

  @Override
  public void remember(String rule, String subject, long[] granted) {
    times.put(rule + '|' + subject, granted);
  }
}
