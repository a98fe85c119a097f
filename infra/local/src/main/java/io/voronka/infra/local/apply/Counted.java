package io.voronka.infra.local.apply;

/** A number of things, in words. */
public final class Counted {
  private Counted() {}

  /** {@code 1 rule}, {@code 2 rules}, {@code 0 rules}. */
  public static String of(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
