package io.voronka.rules.domain;

import io.voronka.rules.domain.subject.Standing.Echo;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.ActionRequested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules, and sequences, that cause each other. The CRM tells us of our own writes and does not say
 * that they are ours, so each requested write is remembered as an expected echo; an event that
 * matches one, by the integration's user, is one deeper in the chain than the event that caused the
 * write.
 *
 * <p>A hook carries all of an entity, and not only what has changed. So an echo is expected once:
 * when it has been told, only the other hooks of the same write, which come at about the same time,
 * match it still. What a robot does later on, while our value is still there, is no echo.
 */
public final class Chains {
  /** A rule is not fired by an event that is so deep in a chain. */
  public static final int DEEPEST = 5;

  /** How long other hooks of a write may come after the first. */
  private static final long TOLD = Duration.ofMinutes(1).toMillis();

  private static final int MOST_ECHOES = 64;
  private static final String ROBOT = "0";

  private Chains() {}

  /**
   * What an event is to the echoes that were expected.
   *
   * @param depth how deep in a chain it is; 0 when it is nobody's echo
   * @param expected from now on
   */
  public record Heard(int depth, List<Echo> expected) {
    private static final Heard NOTHING = new Heard(0, List.of());
  }

  /** What the view's event is. */
  public static Heard heard(SubjectView view, AccountSetting setting) {
    List<Echo> expected = view.after().standing().echoes();
    if (expected.isEmpty()) {
      return Heard.NOTHING;
    }
    if (!mayBeOurs(view.event().getActorId(), setting.integrationUserId())) {
      return new Heard(0, expected);
    }
    long[] told = OwnWrites.toldBy(view, setting.zone());
    Heard heard = heard(told, expected, view.now());
    long perhaps = heard.depth() == 0 ? OwnWrites.perhapsToldBy(view) : 0;
    return perhaps == 0 ? heard : heard(new long[] {perhaps}, expected, view.now());
  }

  private static Heard heard(long[] told, List<Echo> expected, long now) {
    int depth = 0;
    for (Echo echo : expected) {
      if (echo.depth() > depth && echo.until() >= now && contains(told, echo.write())) {
        depth = echo.depth();
      }
    }
    return depth == 0
        ? new Heard(0, expected)
        : new Heard(depth, withoutFirst(told, expected, now));
  }

  /**
   * Of each write that is told the first echo is not expected much longer; unless another one of
   * the same write has just been told, of which this may be another hook.
   */
  private static List<Echo> withoutFirst(long[] told, List<Echo> expected, long now) {
    List<Echo> left = new ArrayList<>(expected);
    for (long write : told) {
      int first = -1;
      for (int i = left.size() - 1; i >= 0 && write != 0; i--) {
        Echo echo = left.get(i);
        if (echo.write() == write && echo.until() >= now) {
          first = i;
          if (echo.until() <= now + TOLD) {
            break;
          }
        }
      }
      if (first >= 0 && left.get(first).until() > now + TOLD) {
        Echo echo = left.get(first);
        left.set(first, new Echo(echo.write(), echo.depth(), now + TOLD));
      }
    }
    return left;
  }

  /** What the CRM will tell us once the action is done. */
  public static List<Echo> echoes(ActionRequested action, int depth, AccountSetting setting) {
    long until = action.getNotAfter();
    return OwnWrites.of(action, setting).stream()
        .map(write -> new Echo(write, depth, until))
        .toList();
  }

  /** Those that are still expected, with more, the newest last. */
  public static List<Echo> remembered(List<Echo> known, List<Echo> more, long now) {
    if (more.isEmpty() && known.isEmpty()) {
      return known;
    }
    List<Echo> kept = new ArrayList<>(known);
    kept.removeIf(echo -> echo.until() < now);
    kept.addAll(more);
    return kept.size() > MOST_ECHOES
        ? List.copyOf(kept.subList(kept.size() - MOST_ECHOES, kept.size()))
        : kept;
  }

  /** The vendor may name no user, or a robot, for what came through its interface. */
  private static boolean mayBeOurs(String actorId, String integrationUserId) {
    return actorId == null
        || integrationUserId == null
        || actorId.equals(ROBOT)
        || actorId.equals(integrationUserId);
  }

  private static boolean contains(long[] told, long write) {
    for (long one : told) {
      if (one == write) {
        return true;
      }
    }
    return false;
  }
}
