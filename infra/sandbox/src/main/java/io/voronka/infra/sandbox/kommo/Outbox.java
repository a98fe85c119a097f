package io.voronka.infra.sandbox.kommo;

import io.voronka.infra.sandbox.delivery.Delivery;
import io.voronka.infra.sandbox.delivery.RetryLadder;
import io.voronka.infra.sandbox.kommo.hooks.FormBody;
import io.voronka.infra.sandbox.kommo.model.PipelineHook;
import io.voronka.infra.sandbox.kommo.model.Webhook;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.kommo.state.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides which webhooks a set of changes makes. */
final class Outbox {
  private final long line;
  private final KommoAccount account;
  private final Telling telling;
  private final List<Delivery> deliveries = new ArrayList<>();

  private Outbox(long line, KommoAccount account, Telling telling) {
    this.line = line;
    this.account = account;
    this.telling = telling;
  }

  /**
   * The deliveries that ledger line {@code line} makes.
   *
   * <p>Each subscribed code is a request of its own; entities that changed in one call under the
   * same code share it. That is why one stage move reaches a subscriber of both codes twice.
   */
  static List<Delivery> plan(long line, KommoAccount account, Changes changes, Telling telling) {
    if (telling.silent()) {
      return List.of();
    }
    Outbox outbox = new Outbox(line, account, telling);
    for (Webhook webhook : account.webhooks()) {
      if (!webhook.disabled()) {
        outbox.plan(webhook, changes.signals());
      }
    }
    if (telling.onlyCode() == null) {
      changes.stageEntries().forEach(outbox::plan);
    }
    return outbox.deliveries;
  }

  private void plan(Webhook webhook, List<Signal> signals) {
    Map<String, List<Signal>> bodies = new LinkedHashMap<>();
    for (Signal signal : signals) {
      boolean wanted = telling.onlyCode() == null || telling.onlyCode().equals(signal.code());
      if (wanted && webhook.settings().contains(signal.code())) {
        String group = telling.batch() ? "batch" : signal.code();
        bodies.computeIfAbsent(group, k -> new ArrayList<>()).add(signal);
      }
    }
    bodies.forEach(
        (code, group) ->
            add(
                RetryLadder.ACCOUNT_HOOK,
                webhook.id(),
                webhook.destination(),
                code,
                group.get(0).entity(),
                FormBody.accountHook(account, group)));
  }

  private void plan(Changes.StageEntry entry) {
    for (PipelineHook hook : account.pipelineHooks()) {
      if (hook.pipelineId() == entry.pipelineId() && hook.statusId() == entry.statusId()) {
        add(
            account.card().retryPipelineHooks() ? RetryLadder.PIPELINE_HOOK : RetryLadder.ONCE,
            hook.id(),
            hook.destination(),
            "digital_pipeline",
            "leads/" + entry.leadId(),
            FormBody.pipelineHook(account, entry));
      }
    }
  }

  private void add(
      RetryLadder ladder,
      long hookId,
      String destination,
      String code,
      String entity,
      String body) {
    deliveries.add(
        new Delivery(
            line * 1000 + deliveries.size(),
            account.card().subdomain(),
            ladder,
            hookId,
            destination,
            code,
            entity,
            telling.mark(),
            telling.load(),
            Delivery.FORM,
            body,
            null,
            null,
            telling.hold()));
  }
}
