package io.voronka.gateway.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What an earlier process left in the directory.
 *
 * @param segments with entries still to drain, oldest first
 * @param offset where to go on in the first of them
 * @param nextNumber number of the next segment to be written
 * @param tornBytes cut from the ends of files
 */
record SpoolRecovery(
    Deque<Segment> segments,
    long offset,
    long entries,
    OptionalLong oldest,
    long nextNumber,
    long tornBytes,
    long damagedBytes) {

  static SpoolRecovery of(Path directory, PositionFile positions) throws IOException {
    List<Path> files = segmentFiles(directory);
    SpoolPosition drained = known(positions.read(), directory, files);
    Deque<Segment> segments = new ArrayDeque<>();
    long offset = 0;
    long entries = 0;
    long torn = 0;
    long damaged = 0;
    long last = drained == null ? 0 : drained.segment();
    OptionalLong oldest = OptionalLong.empty();
    for (Path file : files) {
      long number = Segment.numberOf(file);
      last = Math.max(last, number);
      SegmentScan scan = SegmentScan.of(file, number, drained);
      if (scan.salt() == 0 && scan.fileBytes() > SegmentFormat.HEADER) {
        damaged += scan.fileBytes();
        Segment.setAside(file);
        continue;
      }
      Segment segment = new Segment(directory, number, scan.salt(), scan.validBytes());
      segment.damaged = scan.damagedBytes() > 0;
      damaged += scan.damagedBytes();
      if (scan.entries() == 0 || (drained != null && number < drained.segment())) {
        segment.retire();
        continue;
      }
      if (scan.fileBytes() > scan.validBytes()) {
        torn += scan.fileBytes() - scan.validBytes();
        cut(file, scan.validBytes());
      }
      if (segments.isEmpty() && drained != null && drained.segment() == number) {
        offset = drained.offset();
      }
      oldest = oldest.isPresent() ? oldest : scan.oldest();
      entries += scan.entries();
      segments.add(segment);
    }
    return new SpoolRecovery(segments, offset, entries, oldest, last + 1, torn, damaged);
  }

  /** A position in a segment that is gone, or in an older one of the same number, says nothing. */
  private static SpoolPosition known(SpoolPosition position, Path directory, List<Path> files)
      throws IOException {
    if (position == null) {
      return null;
    }
    Path path = new Segment(directory, position.segment(), 0, 0).path;
    return files.contains(path)
            && SegmentScan.of(path, position.segment(), null).salt() == position.salt()
        ? position
        : null;
  }

  private static void cut(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
      channel.force(true);
    }
  }

  private static List<Path> segmentFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return new ArrayList<>(
          files
              .filter(file -> Segment.numberOf(file) >= 0)
              .sorted(Comparator.comparingLong(Segment::numberOf))
              .toList());
    }
  }
}
