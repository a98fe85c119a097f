package io.voronka.infra.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.infra.local.stack.StackException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

  @TempDir private Path folder;

  @Test
  void aPortThatWasAskedForAndIsTakenIsRefusedWithItsName() throws IOException {
    try (ServerSocket taken = listen()) {
      assertThatThrownBy(() -> choose(Map.of("kafka", taken.getLocalPort())))
          .isInstanceOfSatisfying(
              StackException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PORT_IN_USE))
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("kafka")
          .hasMessageContaining("in use");
    }
  }

  @Test
  void twoPartsCannotHaveOnePort() throws IOException {
    int port = freePort();
    assertThatThrownBy(() -> choose(Map.of("kafka", port, "flink", port)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("asked for another part");
  }

  @Test
  void freePortsAreOutsideTheRangeOfOutgoingConnectionsAndDistinct() throws IOException {
    Ports ports = choose(Map.of());
    assertThat(ports.of("kafka")).isBetween(20_000, 29_999).isNotEqualTo(ports.of("flink"));
    assertThat(ports.of("flink")).isBetween(20_000, 29_999);
  }

  @Test
  void theNextStartGetsTheSamePortsUnlessTheyAreTaken() throws IOException {
    Ports first = choose(Map.of());
    assertThat(choose(Map.of()).of("kafka")).isEqualTo(first.of("kafka"));
    try (ServerSocket taken = new ServerSocket(first.of("kafka"), 1, loopback())) {
      Ports other = choose(Map.of());
      assertThat(other.of("kafka")).isNotEqualTo(taken.getLocalPort());
      assertThat(other.of("flink")).isEqualTo(first.of("flink"));
    }
  }

  @Test
  void aPortThatWasAskedForWinsOverTheRememberedOne() throws IOException {
    choose(Map.of());
    int port = freePort();
    assertThat(choose(Map.of("flink", port)).of("flink")).isEqualTo(port);
  }

  private Ports choose(Map<String, Integer> asked) throws IOException {
    return Ports.choose(
        Set.of("kafka", "flink"), asked, folder.resolve("ports.properties"), new Random(7));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = listen()) {
      return socket.getLocalPort();
    }
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, loopback());
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
