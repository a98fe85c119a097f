package io.voronka.sequences.domain;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Chains;
import io.voronka.rules.domain.subject.Standing.Echo;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.StableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * How deep in a chain of rules and sequences things are. Whoever judges rules knows what rules have
 * written and nothing of what sequences have; here both is known. So every chain that leads through
 * a sequence is counted here, and cut where it would enter one.
 *
 * <pre>
 *  what is written, at a depth ─▶ an event that tells of it is as deep ─▶ a sequence that it opens
 *             ▲                               │
 *             └── one deeper than its event ──┴─▶ what a rule asks for because of it
 * </pre>
 */
public final class Causes {
  /** What rules wait for begins with an event that may lie far back. */
  private static final long REMEMBERED = Duration.ofDays(90).toMillis();

  private static final int FINGERPRINT_DIGITS = 16;

  private Causes() {}

  /**
   * With the echoes of what a rule asks for.
   *
   * @param now the log's time, epoch milliseconds
   */
  public static SubjectState asked(
      SubjectState state, ActionRequested action, AccountSetting setting, long now) {
    int depth = depth(state, action.getEventId(), action.getChainDepth());
    return expecting(state, state.standing().echoes(), Chains.echoes(action, depth, setting), now);
  }

  /** With the echoes of what steps ask for. */
  static SubjectState asked(
      SubjectState state, List<ActionRequested> actions, AccountSetting setting, long now) {
    List<Echo> echoes = new ArrayList<>();
    for (ActionRequested action : actions) {
      echoes.addAll(Chains.echoes(action, action.getChainDepth(), setting));
    }
    return expecting(state, state.standing().echoes(), echoes, now);
  }

  /**
   * How deep something is that a rule asks for.
   *
   * @param eventId what it was asked for because of, as its record says
   * @param told as its record says, where only rules are counted
   */
  public static int depth(SubjectState state, String eventId, int told) {
    int depth = told;
    for (Echo heard : state.standing().echoes()) {
      if (heard.depth() >= depth && isOf(heard, eventId)) {
        depth = heard.depth() + 1;
      }
    }
    return depth;
  }

  /** With an event that tells of what was written, if it does. */
  static SubjectState heard(SubjectState after, CrmEvent event, Chains.Heard heard, long now) {
    if (heard.depth() == 0) {
      return after;
    }
    Echo cause = new Echo(StableId.fingerprint(event.getId()), heard.depth(), now + REMEMBERED);
    return expecting(after, heard.expected(), List.of(cause), now);
  }

  /** The decision about a moment anchors on the fingerprint of what its wait began with. */
  private static boolean isOf(Echo heard, String eventId) {
    return eventId != null
        && (heard.write() == StableId.fingerprint(eventId)
            || (eventId.length() == FINGERPRINT_DIGITS
                && eventId.equals(HexFormat.of().toHexDigits(heard.write()))));
  }

  /** What a restored job asks for again is expected already. */
  private static SubjectState expecting(
      SubjectState state, List<Echo> known, List<Echo> more, long now) {
    List<Echo> fresh = more.stream().filter(echo -> !known.contains(echo)).toList();
    return fresh.isEmpty() && known == state.standing().echoes()
        ? state
        : state.with(state.standing().withEchoes(Chains.remembered(known, fresh, now)));
  }
}
