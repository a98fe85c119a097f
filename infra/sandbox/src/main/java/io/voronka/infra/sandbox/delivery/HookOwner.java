package io.voronka.infra.sandbox.delivery;

/** What the sender must ask the vendor's side about a webhook. */
public interface HookOwner {
  /** Whether the subscription still wants it: not removed, not switched off. */
  boolean wanted(Delivery delivery);

  /** What an answer that did not come in time counts as. */
  int timeoutCountsAs(Delivery delivery);

  /** Too many bad answers: no further webhooks to this subscription. */
  void switchOff(Delivery delivery);
}
