package io.voronka.infra.local.soak;

import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.infra.sandbox.ledger.LedgerEntry;
import io.voronka.infra.sandbox.ledger.Side;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the outside world says that was done to it in a run. */
final class OutsideLedger {
  /** As the sandbox calls them. */
  private static final Set<String> KINDS =
      Stream.of(ActionKind.values()).map(OutsideLedger::word).collect(Collectors.toSet());

  private final SandboxClient sandbox;
  private final String tenant;
  private final Set<String> spokenFor;
  private long foreign;
  private long shared;
  private long inChannels;

  /**
   * @param spokenFor accounts whose messages a salesbot says
   */
  OutsideLedger(SandboxClient sandbox, String tenant, Set<String> spokenFor) {
    this.sandbox = sandbox;
    this.tenant = tenant;
    this.spokenFor = spokenFor;
  }

  /** When each action took effect, epoch milliseconds; every effect has to find its action. */
  Map<String, List<Long>> effectsOf(List<ActionRequested> requests, Findings findings) {
    Map<String, String> ids = new HashMap<>();
    requests.forEach(request -> ids.put(trace(request), request.getId()));
    Map<String, List<Long>> effects = new HashMap<>();
    for (LedgerEntry entry : sandbox.allLedger(0, Map.of("applied", "true"))) {
      count(entry);
      for (LedgerEntry.EffectLine effect : lines(entry)) {
        String trace = trace(entry, effect);
        String id = trace == null ? null : ids.get(trace);
        if (id != null) {
          effects.computeIfAbsent(id, any -> new ArrayList<>()).add(entry.at());
        } else if (trace != null) {
          foreign++;
          findings.problem("the sandbox had an effect that nobody asked for: " + trace);
        }
      }
    }
    findings.figure("effects that nobody asked for", foreign);
    findings.figure("requests that changed several leads", shared);
    findings.figure("messages in a chat channel of our own", inChannels);
    findings.figure(
        "messages that a salesbot said", requests.stream().filter(this::isSpoken).count());
    return effects;
  }

  /** A message that a salesbot says: its run leaves nothing to read. */
  boolean isSpoken(ActionRequested request) {
    return request.getKind() == ActionKind.SEND_MESSAGE
        && spokenFor.contains(request.getAccountId());
  }

  private void count(LedgerEntry entry) {
    if (entry.account().startsWith(tenant + "-") && entry.side() == Side.API) {
      shared += entry.path().endsWith("/leads") && lines(entry).size() > 1 ? 1 : 0;
      inChannels += entry.path().startsWith("/v2/origin/custom/") ? 1 : 0;
    }
  }

  private static List<LedgerEntry.EffectLine> lines(LedgerEntry entry) {
    return entry.effects() == null ? List.of() : entry.effects();
  }

  /** What an action's effect is known by. */
  private String trace(ActionRequested request) {
    return switch (request.getKind()) {
      case WEBHOOK, SEND_EMAIL -> request.getId();
      default -> {
        ActionKind kind = isSpoken(request) ? ActionKind.RUN_SALESBOT : request.getKind();
        yield "%s|%s|leads/%s"
            .formatted(word(kind), request.getAccountId(), request.getSubjectId());
      }
    };
  }

  /** What an effect is known by; null when it is not of this run. */
  private String trace(LedgerEntry entry, LedgerEntry.EffectLine effect) {
    return switch (entry.vendor()) {
      case "hooks" -> entry.account().equals(tenant) ? entry.headers().get("webhook-id") : null;
      case "smtp" ->
          entry.account().equals(tenant + "@soak.test")
              ? entry.body().path("message_id").asText().replaceAll("^<|@.*$", "")
              : null;
      case "kommo" ->
          entry.account().startsWith(tenant + "-")
                  && KINDS.contains(effect.kind())
                  && !isTextForBot(entry, effect)
              ? effect.kind() + "|" + entry.account() + "|" + effect.entity()
              : null;
      default -> null;
    };
  }

  /** It may be written again; what counts is the run that says it. */
  private boolean isTextForBot(LedgerEntry entry, LedgerEntry.EffectLine effect) {
    return spokenFor.contains(entry.account())
        && effect.kind().equals(word(ActionKind.UPDATE_FIELD));
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
