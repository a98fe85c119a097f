package io.voronka.infra.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RoomWatchTest {

  @Test
  void aFullDiskIsToldOnceAndSoIsTheRoomAfterIt() {
    AtomicLong free = new AtomicLong();
    List<String> said = new ArrayList<>();
    RoomWatch watch = new RoomWatch(free::get, said::add);

    for (long mebibytes : new long[] {500, 63, 0, 70, 10, 400, 300}) {
      free.set(mebibytes << 20);
      watch.look();
    }

    assertThat(said)
        .containsExactly(
            "the disk of the data folder is full, 63 MiB are free: parts end and jobs restart until there is room; then all goes on by itself",
            "there is room on the disk again, 400 MiB are free");
  }
}
