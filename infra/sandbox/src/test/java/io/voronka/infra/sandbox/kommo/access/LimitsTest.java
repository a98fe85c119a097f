package io.voronka.infra.sandbox.kommo.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.infra.sandbox.kommo.model.Limits;
import io.voronka.infra.sandbox.testing.SandboxWorld;
import io.voronka.infra.sandbox.testing.SandboxWorld.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
  @TempDir Path data;

  @Test
  void theEighthRequestOfASecondIs429AndPersistenceIs403() throws IOException {
    try (SandboxWorld world = SandboxWorld.open(data, new Limits(7, 300, 3, 60, 30))) {
      world.client().freeze();
      for (int i = 0; i < 7; i++) {
        assertThat(world.call("GET", "/api/v4/account", null).status()).isEqualTo(200);
      }

      Answer eighth = world.call("GET", "/api/v4/account", null);

      assertThat(eighth.status()).isEqualTo(429);
      assertThat(eighth.raw().headers().firstValue("retry-after")).contains("300");
      assertThat(eighth.json().toString())
          .isEqualTo(
              "{\"title\":\"Too Many Requests\",\"type\":\"https://httpstatus.es/429\","
                  + "\"status\":429,\"detail\":\"You have sent too many requests in a given"
                  + " amount of time. Please try again later.\",\"retry_after\":300}");
      world.call("GET", "/api/v4/account", null);
      world.call("GET", "/api/v4/account", null);
      world.client().advance(Duration.ofSeconds(2));
      Answer blocked = world.call("GET", "/api/v4/account", null);
      assertThat(blocked.status()).isEqualTo(403);
      assertThat(blocked.type()).isEqualTo("text/html");
      world.client().advance(Duration.ofSeconds(30));
      assertThat(world.call("GET", "/api/v4/account", null).status()).isEqualTo(200);
      assertThat(world.kommo().show().at("/calls/429").asInt()).isEqualTo(3);
    }
  }
}
