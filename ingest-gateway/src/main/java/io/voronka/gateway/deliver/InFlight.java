package io.voronka.gateway.deliver;

import java.util.ArrayList;
import java.util.List;

/** Deliveries without an answer yet, oldest first. Guarded by the outbox's lock. */
final class InFlight {
  private Delivery first;
  private Delivery last;
  private int size;

  void add(Delivery delivery) {
    delivery.inFlight = true;
    delivery.previous = last;
    if (last == null) {
      first = delivery;
    } else {
      last.next = delivery;
    }
    last = delivery;
    size++;
  }

  void remove(Delivery delivery) {
    delivery.inFlight = false;
    if (delivery.previous == null) {
      first = delivery.next;
    } else {
      delivery.previous.next = delivery.next;
    }
    if (delivery.next == null) {
      last = delivery.previous;
    } else {
      delivery.next.previous = delivery.previous;
    }
    delivery.previous = null;
    delivery.next = null;
    size--;
  }

  /** Null when there is none. */
  Delivery oldest() {
    return first;
  }

  int size() {
    return size;
  }

  List<Delivery> all() {
    List<Delivery> all = new ArrayList<>(size);
    for (Delivery delivery = first; delivery != null; delivery = delivery.next) {
      all.add(delivery);
    }
    return all;
  }

  /** Takes all out, oldest first. */
  List<Delivery> takeAll() {
    List<Delivery> all = all();
    all.forEach(this::remove);
    return all;
  }
}
