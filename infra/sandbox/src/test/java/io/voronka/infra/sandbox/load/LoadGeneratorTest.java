package io.voronka.infra.sandbox.load;

import static io.voronka.infra.sandbox.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.infra.sandbox.client.LoadReport;
import io.voronka.infra.sandbox.client.LoadSpec;
import io.voronka.infra.sandbox.delivery.Attempt;
import io.voronka.infra.sandbox.testing.RecordingReceiver;
import io.voronka.infra.sandbox.testing.SandboxWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadGeneratorTest {
  private static final List<String> CODES =
      List.of("add_lead", "status_lead", "update_lead", "note_lead", "add_message");

  @TempDir Path data;
  private final RecordingReceiver receiver = new RecordingReceiver();
  private SandboxWorld world;

  @BeforeEach
  void open() throws IOException {
    world = SandboxWorld.open(data);
    world.kommo().subscribe(receiver.address(), CODES);
  }

  @AfterEach
  void close() {
    receiver.close();
    world.close();
  }

  @Test
  void changesArePacedSpreadAndMarked() {
    world.client().openAccount(SandboxWorld.account(2, "umbra"));
    world.client().kommo("umbra").subscribe(receiver.address(), CODES);

    world.client().startLoad(LoadSpec.moves("run", 200, 100));
    LoadReport report = finished("run");

    assertThat(report.made()).isEqualTo(100);
    assertThat(report.delivered()).isEqualTo(100);
    assertThat(report.answers()).containsExactlyEntriesOf(Map.of(200, 100L));
    assertThat(report.latencyMs().max()).isGreaterThanOrEqualTo(report.latencyMs().p50());
    List<Attempt> attempts = world.client().allDeliveries(0, Map.of("load", "run"));
    assertThat(attempts.stream().map(Attempt::mark).collect(Collectors.toSet()))
        .hasSize(100)
        .contains("run-0000000", "run-0000099");
    assertThat(attempts.stream().filter(a -> a.account().equals("umbra"))).hasSize(50);
    assertThat(attempts.stream().map(a -> a.account() + a.entity()).distinct()).hasSize(100);
    long spread = attempts.get(99).at() - attempts.get(0).at();
    assertThat(spread).as("100 at 200/s take half a second").isGreaterThan(450L);
    assertThat(receiver.received().get(0).form().get("leads[status][0][name]"))
        .startsWith("run-00000");
  }

  @ParameterizedTest
  @EnumSource(LoadSpec.Kind.class)
  void eachKindSendsItsOneWebhook(LoadSpec.Kind kind) {
    world
        .client()
        .startLoad(
            new LoadSpec(
                "k", null, 500, 10, kind, null, null, null, SandboxWorld.MARK_FIELD, 3, "m"));

    finished("k");

    assertThat(world.client().allDeliveries(0, Map.of("load", "k")))
        .hasSize(10)
        .extracting(Attempt::code)
        .containsOnly(kind.code());
    Set<String> bodies = new HashSet<>();
    receiver.received().forEach(r -> bodies.add(String.join("|", r.form().values())));
    assertThat(bodies).anyMatch(b -> b.contains("m-0000009"));
  }

  @Test
  void aLoadCanBeStopped() {
    world.client().startLoad(LoadSpec.moves("long", 20, 100_000));
    await().until(() -> world.client().load("long").made() > 2);

    world.client().stopLoad("long");

    assertThat(finished("long").made()).isLessThan(1_000);
  }

  @Test
  void aLoadNeedsAnIdOfItsOwn() {
    world.client().startLoad(LoadSpec.moves("once", 100, 1));

    assertThatThrownBy(() -> world.client().startLoad(LoadSpec.moves("once", 100, 1)))
        .hasMessageContaining("a load needs an id of its own");
  }

  private LoadReport finished(String id) {
    await().until(() -> world.client().load(id).done());
    return world.client().load(id);
  }
}
