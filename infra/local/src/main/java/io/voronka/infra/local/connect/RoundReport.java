package io.voronka.infra.local.connect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What one round of the watch has seen and done. Belongs to one thread. */
public final class RoundReport {
  private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
  private final List<String> remarks = new ArrayList<>();

  /** What became of one account, or of one alert. */
  public enum Outcome {
    HEALTHY,
    /** The subscription was not as it should be, and was made again. */
    REGISTERED_AGAIN,
    /** The subscription is not as it should be, and could not be made again. */
    NOT_REGISTERED,
    ACCESS_LOST,
    UNREACHABLE,
    UNCHECKED,
    /** The integration was removed; nothing is asked before the account is connected again. */
    UNINSTALLED,
    ALERT_RAISED,
    ALERT_RESOLVED,
    /** Kafka did not take it; it is written in a later round. */
    ALERT_UNSENT
  }

  void count(Outcome outcome) {
    counts.merge(outcome, 1, Integer::sum);
  }

  void remark(String line) {
    remarks.add(line);
  }

  public int of(Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  /** One line for each thing that is not as usual. */
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** {@code 20 healthy, 1 registered-again}; what did not happen is left out. */
  @Override
  public String toString() {
    return counts.isEmpty()
        ? "no account is connected"
        : counts.entrySet().stream()
            .map(
                entry ->
                    entry.getValue()
                        + " "
                        + entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .collect(Collectors.joining(", "));
  }
}
