package io.voronka.infra.sandbox.faults;

import io.voronka.infra.sandbox.clock.SandboxClock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The switches that are on; the first that matches a call is used. Event loop only. */
public final class FaultBoard {
  private static final class Switch {
    private final long id;
    private final Fault fault;
    private final Pattern path;
    private final long until;
    private int skip;
    private int left;
    private long hits;

    private Switch(long id, Fault fault, long now) {
      this.id = id;
      this.fault = fault;
      this.path = fault.path() == null ? null : Pattern.compile(fault.path());
      this.until = fault.forMs() == null ? Long.MAX_VALUE : now + fault.forMs();
      this.skip = fault.skip() == null ? 0 : fault.skip();
      this.left = fault.times() == null ? Integer.MAX_VALUE : fault.times();
    }

    private boolean matches(String account, String method, String calledPath) {
      return (fault.account() == null || fault.account().equals(account))
          && (fault.method() == null || fault.method().equals(method))
          && (path == null || path.matcher(calledPath).find());
    }
  }

  /**
   * A switch as shown.
   *
   * @param hits calls it has hit so far
   */
  public record Shown(long id, Fault fault, long hits) {}

  private final SandboxClock clock;
  private final List<Switch> switches = new ArrayList<>();
  private long lastId;

  public FaultBoard(SandboxClock clock) {
    this.clock = clock;
  }

  /** Switches on; throws IllegalArgumentException for a bad expression or a fault without harm. */
  public long add(Fault fault) {
    if (fault.status() == null && fault.drop() == null && fault.delayMs() == null) {
      throw new IllegalArgumentException("a fault needs status, drop or delay_ms");
    }
    switches.add(new Switch(++lastId, fault, clock.now()));
    return lastId;
  }

  public boolean remove(long id) {
    return switches.removeIf(s -> s.id == id);
  }

  public void clear() {
    switches.clear();
  }

  public List<Shown> list() {
    return switches.stream().map(s -> new Shown(s.id, s.fault, s.hits)).toList();
  }

  /** The fault for this call, used up by one. */
  public Optional<Fault> take(String account, String method, String path) {
    for (Iterator<Switch> all = switches.iterator(); all.hasNext(); ) {
      Switch one = all.next();
      if (clock.now() >= one.until) {
        all.remove();
      } else if (one.matches(account, method, path)) {
        if (one.skip > 0) {
          one.skip--;
          continue;
        }
        one.hits++;
        one.left--;
        if (one.left == 0) {
          all.remove();
        }
        return Optional.of(one.fault);
      }
    }
    return Optional.empty();
  }
}
