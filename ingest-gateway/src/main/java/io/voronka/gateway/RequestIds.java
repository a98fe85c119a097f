package io.voronka.gateway;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Ids that no other run gives: 80 random bits of this one, and a counter. */
final class RequestIds implements Supplier<String> {
  private final String run;
  private final AtomicLong next = new AtomicLong();

  RequestIds(byte[] random) {
    this.run = HexFormat.of().formatHex(random);
  }

  @Override
  public String get() {
    return run + HexFormat.of().toHexDigits(next.getAndIncrement(), 12);
  }
}
