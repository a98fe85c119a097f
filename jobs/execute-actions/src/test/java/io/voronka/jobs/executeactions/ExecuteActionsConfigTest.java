package io.voronka.jobs.executeactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.jobs.executeactions.transport.TokenStoreSettings;
import io.voronka.jobs.executeactions.transport.address.AddressRange;
import io.voronka.jobs.executeactions.transport.answers.ModelSettings;
import io.voronka.jobs.kit.InvalidArgumentsException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ExecuteActionsConfigTest {

  @Test
  void defaultsAreCautious() {
    ExecuteActionsConfig config = ExecuteActionsConfig.from("--kafka.bootstrap-servers", "k:1");

    assertThat(config.job().name()).isEqualTo("execute-actions");
    assertThat(config.world().tokens()).isNull();
    assertThat(config.world().allowed()).isEmpty();
    assertThat(config.executor().mostInFlight()).isEqualTo(4);
    assertThat(config.executor().rememberFor()).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void everyKeyHasItsPlace() {
    ExecuteActionsConfig config =
        ExecuteActionsConfig.from(
            "--kafka.bootstrap-servers", "k:1",
            "--job.name", "other",
            "--token-store.jdbc-url", "jdbc:postgresql://db/voronka",
            "--token-store.user", "executor",
            "--token-store.password", "env:DB_PASSWORD",
            "--token-store.key", "file:/run/key",
            "--outbound.allow", "127.0.0.0/8, fd00::/8",
            "--unsubscribe.key", "env:LINKS");

    assertThat(config.job().name()).isEqualTo("other");
    assertThat(config.world().tokens())
        .isEqualTo(
            new TokenStoreSettings(
                "jdbc:postgresql://db/voronka", "executor", "env:DB_PASSWORD", "file:/run/key"));
    assertThat(config.world().unsubscribeKey()).isEqualTo("env:LINKS");
    assertThat(config.world().allowed())
        .containsExactly(AddressRange.parse("127.0.0.0/8"), AddressRange.parse("fd00::/8"));
  }

  @Test
  void aTokenStoreIsGivenWholeAndItsSecretsByReference() {
    assertThatThrownBy(
            () ->
                ExecuteActionsConfig.from(
                    "--kafka.bootstrap-servers", "k:1",
                    "--token-store.jdbc-url", "jdbc:postgresql://db/voronka",
                    "--token-store.password", "hunter2"))
        .isInstanceOf(InvalidArgumentsException.class)
        .hasMessageContaining("token-store.user")
        .hasMessageContaining("token-store.key")
        .hasMessageContaining("env:NAME or file:/path")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void whatIsAllowedBesidesIsGivenAsBlocksOfAddresses() {
    assertThatThrownBy(
            () ->
                ExecuteActionsConfig.from(
                    "--kafka.bootstrap-servers", "k:1", "--outbound.allow", "localhost"))
        .isInstanceOf(InvalidArgumentsException.class)
        .hasMessageContaining("--outbound.allow")
        .hasMessageContaining("10.0.0.0/8");
  }

  @Test
  void aModelIsGivenByAddressNameAndReferenceOfItsKey() {
    ModelSettings model =
        ExecuteActionsConfig.from(
                "--kafka.bootstrap-servers", "k:1",
                "--model.url", "https://models.example/v1/",
                "--model.name", "toy",
                "--model.key", "env:KEY")
            .world()
            .model();

    assertThat(model.url()).isEqualTo("https://models.example/v1");
    assertThat(model.keyReference()).isEqualTo("env:KEY");
    assertThatThrownBy(
            () ->
                ExecuteActionsConfig.from(
                    "--kafka.bootstrap-servers", "k:1",
                    "--model.url", "models.example",
                    "--model.key", "sk-secret"))
        .isInstanceOf(InvalidArgumentsException.class)
        .hasMessageContaining("model.url")
        .hasMessageContaining("model.name")
        .hasMessageContaining("env:NAME or file:/path")
        .hasMessageNotContaining("sk-secret");
  }

  @Test
  void unknownKeysFail() {
    assertThatThrownBy(
            () -> ExecuteActionsConfig.from("--kafka.bootstrap-servers", "k:1", "--webhok.x", "1"))
        .isInstanceOf(InvalidArgumentsException.class)
        .hasMessageContaining("webhok.x");
  }
}
