package io.voronka.infra.sandbox.kommo.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.kommo.model.FeedEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * What one call does to one account. Each change is applied at once, so that later steps of the
 * same call see it, and is kept for the journal; check everything before the first {@link #put}.
 */
public final class Changes {
  private final KommoAccount account;
  private final Actor actor;
  private final long nowMillis;
  private final List<Change> changes = new ArrayList<>();
  private final List<Signal> signals = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final List<StageEntry> stageEntries = new ArrayList<>();

  /**
   * A lead that came into a stage: what Digital Pipeline triggers wait for.
   *
   * @param created the lead was made in the stage; the old ids are 0 then
   */
  public record StageEntry(
      long leadId,
      long pipelineId,
      long statusId,
      long oldPipelineId,
      long oldStatusId,
      boolean created) {}

  public Changes(KommoAccount account, Actor actor, long nowMillis) {
    this.account = account;
    this.actor = actor;
    this.nowMillis = nowMillis;
  }

  public KommoAccount account() {
    return account;
  }

  public Actor actor() {
    return actor;
  }

  public long seconds() {
    return Math.floorDiv(nowMillis, 1000L);
  }

  public long nowMillis() {
    return nowMillis;
  }

  public void put(ChangeKind kind, Object value) {
    account.apply(kind, value);
    changes.add(new Change(kind, value));
  }

  public void signal(Signal signal) {
    signals.add(signal);
  }

  public void effect(String kind, String entityType, long entityId, String createdId) {
    effects.add(new Effect(kind, entityType, entityId, createdId));
  }

  public void entered(StageEntry entry) {
    stageEntries.add(entry);
  }

  /** Adds a line to the audit feed. */
  public void event(String type, String entityType, long id, JsonNode before, JsonNode after) {
    put(
        ChangeKind.EVENT,
        new FeedEvent(
            account.nextEvent(), type, entityType, id, actor.userId(), seconds(), before, after));
  }

  public List<Change> changes() {
    return changes;
  }

  public List<Signal> signals() {
    return signals;
  }

  public List<Effect> effects() {
    return effects;
  }

  public List<StageEntry> stageEntries() {
    return stageEntries;
  }
}
