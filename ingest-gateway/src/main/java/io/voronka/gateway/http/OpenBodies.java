package io.voronka.gateway.http;

import java.util.function.Consumer;

/** Exchanges whose bodies are still arriving, oldest first. One event loop's. */
final class OpenBodies {
  private Exchange first;
  private Exchange last;

  void add(Exchange exchange, long nowNanos) {
    exchange.openedNanos = nowNanos;
    exchange.previous = last;
    if (last == null) {
      first = exchange;
    } else {
      last.next = exchange;
    }
    last = exchange;
  }

  /** Does nothing when it is not in. */
  void remove(Exchange exchange) {
    if (exchange.previous == null && first != exchange) {
      return;
    }
    if (exchange.previous == null) {
      first = exchange.next;
    } else {
      exchange.previous.next = exchange.next;
    }
    if (exchange.next == null) {
      last = exchange.previous;
    } else {
      exchange.next.previous = exchange.previous;
    }
    exchange.previous = null;
    exchange.next = null;
  }

  /** Takes out all that were added before this moment. */
  void expire(long openedBeforeNanos, Consumer<Exchange> late) {
    while (first != null && first.openedNanos - openedBeforeNanos < 0) {
      Exchange expired = first;
      remove(expired);
      late.accept(expired);
    }
  }
}
