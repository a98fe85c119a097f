package io.voronka.infra.local.stack;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Says when the disk of a running stack is full, and when there is room again. Of itself that shows
 * only in servers that end, in jobs that restart, and in what their logs say about it.
 */
final class RoomWatch {

  /** Below this a server's next file may be the one that does not fit. */
  static final long LEAST_FREE_BYTES = 64L << 20;

  private final Room room;
  private final Consumer<String> say;
  private boolean full;

  /**
   * @param say told what changed, for people
   */
  RoomWatch(Room room, Consumer<String> say) {
    this.room = room;
    this.say = say;
  }

  /** How much room there is. */
  @FunctionalInterface
  interface Room {
    long freeBytes() throws IOException;
  }

  /** To be called again and again. */
  void look() {
    long free;
    try {
      free = room.freeBytes();
    } catch (IOException e) {
      // The servers will tell of a disk that is gone.
      return;
    }
    if (!full && free < LEAST_FREE_BYTES) {
      full = true;
      say.accept(
          "the disk of the data folder is full, %d MiB are free: parts end and jobs restart until there is room; then all goes on by itself"
              .formatted(free >> 20));
    } else if (full && free >= 2 * LEAST_FREE_BYTES) {
      full = false;
      say.accept("there is room on the disk again, %d MiB are free".formatted(free >> 20));
    }
  }
}
