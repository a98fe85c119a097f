package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.StableId;
import io.voronka.schemas.UsageEvent;
import java.util.Map;

/**
 * What a language model says that an answer has cost.
 *
 * @param model its name
 * @param tokensIn of question, scripts and facts
 * @param tokensOut of the answer
 */
public record ModelUse(String model, long tokensIn, long tokensOut) {
  private static final String METER = "ai.tokens";

  /**
   * Each attempt asks the model once, so it is counted once for each.
   *
   * @param attempt of the action, from 1
   */
  public UsageEvent event(ActionRequested request, int attempt, long now) {
    return UsageEvent.newBuilder()
        .setId(StableId.of(request.getId(), METER, Integer.toString(attempt)))
        .setTenantId(request.getTenantId())
        .setMeter(METER)
        .setQuantity(tokensIn + tokensOut)
        .setOccurredAt(now)
        .setAccountId(request.getAccountId())
        .setAgentId(request.getAgentId())
        .setActionId(request.getId())
        .setAttributes(
            Map.of(
                "model", model,
                "tokens.in", Long.toString(tokensIn),
                "tokens.out", Long.toString(tokensOut)))
        .build();
  }

  /** Kafka key of the event. */
  public static String key(UsageEvent event) {
    return event.getTenantId() + '|' + event.getMeter();
  }
}
