package io.voronka.infra.sandbox.kommo;

/** Whether the webhooks of an API write are sent before or after the write is answered. */
public enum HookOrder {
  /** Before, in half of the cases, chosen by the seed and the ledger line. */
  HALF,
  ALWAYS_FIRST,
  NEVER_FIRST;

  /** The choice for one ledger line; the same seed and line always give the same. */
  public boolean first(long seed, long line) {
    return switch (this) {
      case ALWAYS_FIRST -> true;
      case NEVER_FIRST -> false;
      case HALF -> {
        long mixed = (seed * 0x9E3779B97F4A7C15L + line) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 31)) * 0x94D049BB133111EBL;
        yield ((mixed ^ (mixed >>> 30)) & 1) == 0;
      }
    };
  }
}
