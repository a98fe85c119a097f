package io.voronka.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.connectors.crm.secrets.SecretReference;
import io.voronka.gateway.GatewayConfig.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayConfigTest {

  @Test
  void hasDefaultsForAllButKafka() {
    GatewayConfig config = config(Map.of(), "--kafka.bootstrap-servers", "k:1");

    assertThat(config.bootstrapServers()).isEqualTo("k:1");
    assertThat(config.gatewayId()).isEqualTo("gateway-1");
    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.http().maxBodyBytes()).isEqualTo(900 << 10);
    assertThat(config.spool().directory()).isEqualTo(Path.of("gateway-data", "spool"));
    assertThat(config.outbox().ackTimeout()).isEqualTo(Duration.ofMillis(700));
    assertThat(config.outbox().tickPeriod()).isEqualTo(Duration.ofMillis(250));
    assertThat(config.bare()).isFalse();
    assertThat(config.kommoClients()).isEmpty();
  }

  @Test
  void takesEveryKey() {
    GatewayConfig config =
        config(
            Map.of(),
            ("--host 127.0.0.1 --port 0 --management.port 9 --event-loops 3 --gateway.id gw.7 --cell c1. "
                    + "--kafka.bootstrap-servers a:1,b:2 --kafka.client-properties /p --kafka.linger 5ms --kafka.compression none "
                    + "--kafka.connect-patience 1s --kafka.ack-timeout 500ms --data /d --spool.dir /s "
                    + "--spool.max-bytes 2mb --http.max-body-bytes 64kb --http.max-header-bytes 4096 "
                    + "--http.max-connections 7 --http.idle-timeout 5s --http.body-timeout 1s "
                    + "--ticks.period 100ms --port-file /f --stop.grace 1m "
                    + "--kommo.clients c-1=env:SECRET,c-2=file:/s/2 --unsubscribe.keys env:NEW,file:/s/old")
                .split(" "));

    assertThat(config.gatewayId()).isEqualTo("gw.7");
    assertThat(config.cell()).isEqualTo("c1.");
    assertThat(config.clientProperties()).contains(Path.of("/p"));
    assertThat(config.kommoClients())
        .containsOnly(
            Map.entry("c-1", SecretReference.parse("env:SECRET")),
            Map.entry("c-2", SecretReference.parse("file:/s/2")));
    assertThat(config.unsubscribeKeys())
        .containsExactly(SecretReference.parse("env:NEW"), SecretReference.parse("file:/s/old"));
    assertThat(config.linger()).isEqualTo(Duration.ofMillis(5));
    assertThat(config.compression()).isEqualTo("none");
    assertThat(config.connectPatience()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.outbox().ackTimeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.outbox().tickPeriod()).isEqualTo(Duration.ofMillis(100));
    assertThat(config.spool().directory()).isEqualTo(Path.of("/s"));
    assertThat(config.spool().maxBytes()).isEqualTo(2 << 20);
    assertThat(config.accountsCopy()).isEqualTo(Path.of("/d/accounts"));
    assertThat(config.portFile()).contains(Path.of("/f"));
    assertThat(config.stopGrace()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.http().host()).isEqualTo("127.0.0.1");
    assertThat(config.http().port()).isZero();
    assertThat(config.http().managementPort()).isEqualTo(9);
    assertThat(config.http().eventLoops()).isEqualTo(3);
    assertThat(config.http().maxBodyBytes()).isEqualTo(64 << 10);
    assertThat(config.http().maxHeaderBytes()).isEqualTo(4096);
    assertThat(config.http().maxConnections()).isEqualTo(7);
    assertThat(config.http().idleTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.http().bodyTimeout()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void looksIntoTheEnvironmentForWhatIsNotGiven() {
    Map<String, String> environment =
        Map.of("VORONKA_KAFKA_BOOTSTRAP_SERVERS", "e:1", "VORONKA_PORT", "99");

    GatewayConfig config = config(environment, "--port", "7");

    assertThat(config.bootstrapServers()).isEqualTo("e:1");
    assertThat(config.http().port()).isEqualTo(7);
  }

  @Test
  void tellsAllMistakesAtOnce() {
    assertThatThrownBy(
            () ->
                config(
                    Map.of(),
                    ("--prot 1 --port 70000 --event-loops two --spool.max-bytes 1tb "
                            + "--kafka.ack-timeout 1900ms --http.max-body-bytes 8mb --gateway.id a/b --data")
                        .split(" ")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--prot: unknown")
        .hasMessageContaining("--port: expected 0 to 65535, not 70000")
        .hasMessageContaining("--event-loops: expected a number, not two")
        .hasMessageContaining("--spool.max-bytes: expected a size")
        .hasMessageContaining("--kafka.ack-timeout: at most 1200ms")
        .hasMessageContaining("--http.max-body-bytes: expected 1024 to 921600")
        .hasMessageContaining("--gateway.id: only letters")
        .hasMessageContaining("--data: has no value")
        .hasMessageContaining("--kafka.bootstrap-servers: is required");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=env:A", "c-1", "c-1=the-secret-itself", "c-1=env:A,c-1=env:B", "c-1=file:rel"})
  void aSecretItselfIsNoReferenceAndIsNotRepeated(String clients) {
    assertThatThrownBy(
            () -> config(Map.of(), "--kafka.bootstrap-servers", "k:1", "--kommo.clients", clients))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--kommo.clients: ")
        .hasMessageNotContaining("the-secret");
  }

  @Test
  void aSecretOfLinksIsGivenByReferenceToo() {
    assertThatThrownBy(
            () ->
                config(
                    Map.of(),
                    "--kafka.bootstrap-servers",
                    "k:1",
                    "--unsubscribe.keys",
                    "env:A,the-secret-itself"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--unsubscribe.keys: ")
        .hasMessageNotContaining("the-secret");
  }

  private static GatewayConfig config(Map<String, String> environment, String... arguments) {
    return GatewayConfig.from(List.of(arguments), environment::get);
  }
}
