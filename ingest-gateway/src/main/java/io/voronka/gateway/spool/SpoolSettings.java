package io.voronka.gateway.spool;

import java.nio.file.Path;

/**
 * @param directory belongs to one gateway process at a time
 * @param maxBytes size of all segment files and of what waits to be written, above which entries
 *     are refused
 * @param segmentBytes size at which the next segment is begun
 */
public record SpoolSettings(Path directory, long maxBytes, long segmentBytes) {
  private static final long LARGEST_SEGMENT = 64L << 20;
  private static final int SEGMENTS = 8;

  public SpoolSettings {
    if (maxBytes <= 0 || segmentBytes <= 0) {
      throw new IllegalArgumentException("spool sizes must be positive");
    }
  }

  /** Segments small enough that space comes free while the spool drains. */
  public static SpoolSettings of(Path directory, long maxBytes) {
    return new SpoolSettings(
        directory, maxBytes, Math.min(LARGEST_SEGMENT, Math.max(1, maxBytes / SEGMENTS)));
  }
}
