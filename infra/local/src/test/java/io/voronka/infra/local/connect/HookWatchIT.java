package io.voronka.infra.local.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmConnection;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.Subscribed;
import io.voronka.connectors.crm.VendorAccount;
import io.voronka.connectors.crm.WebhookSubscription;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.trouble.TroubleAlerts;
import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.local.ControlDatabases;
import io.voronka.infra.local.connect.RoundReport.Outcome;
import io.voronka.infra.sandbox.faults.Fault;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.schemas.AlertKind;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.AlertSeverity;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The watch over webhooks, against a simulated vendor and a real control database. */
class HookWatchIT {
  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.shared();

  @TempDir private Path folder;
  private ConnectWorld world;
  private HookWatch watch;

  @BeforeEach
  void open() throws Exception {
    world = new ConnectWorld(ControlDatabases.newOn(POSTGRES), folder);
    world.connect();
    watch = world.watch();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void nothingIsSaidAboutWebhooksThatCome() throws Exception {
    RoundReport report = watch.round();

    assertThat(report.toString()).isEqualTo("1 healthy");
    assertThat(report.remarks()).isEmpty();
    assertThat(world.alerts.written()).isEmpty();
  }

  @Test
  void aDisabledHookIsRegisteredAgainWithAnAlertThatEndsInTheNextRound() throws Exception {
    world.makeTheVendorSwitchOff();
    assertThat(world.webhooks("acme").path(0).path("disabled").asBoolean()).isTrue();
    long noticed = world.clock.millis();

    RoundReport first = watch.round();

    assertThat(first.toString()).isEqualTo("1 registered-again, 1 alert-raised");
    assertThat(world.webhooks("acme").path(0).path("disabled").asBoolean()).isFalse();
    assertThat(world.webhooks("acme").path(0).path("settings")).hasSize(33);
    AlertRaised raised = world.alerts.written().get(0);
    assertThat(raised.getKind()).isEqualTo(AlertKind.HOOK_DISABLED);
    assertThat(raised.getSeverity()).isEqualTo(AlertSeverity.WARNING);
    assertThat(raised.getRaisedAt()).isEqualTo(noticed);
    assertThat(raised.getResolved()).isFalse();
    assertThat(raised.getDetail().getEn()).contains(world.gatewayUrl());
    assertThat(raised.toString()).doesNotContain(ConnectWorld.TOKEN);

    world.clock.advance(Duration.ofMinutes(5));
    RoundReport second = watch.round();

    assertThat(second.toString()).isEqualTo("1 healthy, 1 alert-resolved");
    AlertRaised over = world.alerts.written().get(1);
    assertThat(over.getId()).isEqualTo(raised.getId());
    assertThat(over.getResolved()).isTrue();
    assertThat(over.getRaisedAt()).isEqualTo(noticed);
    assertThat(over.getResolvedAt()).isEqualTo(world.clock.millis());
    assertThat(watch.round().toString()).isEqualTo("1 healthy");
    assertThat(world.alerts.written()).hasSize(2);
  }

  @Test
  void aWatchThatWasStartedAnewEndsWhatAnotherBegan() throws Exception {
    world.sandbox.kommo("acme").subscribe(world.destination(), List.of("add_lead"));
    watch.round();

    RoundReport report = world.watch().round();

    assertThat(report.toString()).isEqualTo("1 healthy, 1 alert-resolved");
    assertThat(world.alerts.written())
        .hasSize(2)
        .extracting(AlertRaised::getId)
        .containsOnly(world.alerts.written().get(0).getId());
  }

  @Test
  void aRemovedAndATrimmedHookAreMadeAgainEachWithAlertsOfTheirOwn() throws Exception {
    remove();
    assertThat(watch.round().of(Outcome.REGISTERED_AGAIN)).isEqualTo(1);
    watch.round();
    world.sandbox.kommo("acme").subscribe(world.destination(), List.of("add_lead"));
    assertThat(watch.round().of(Outcome.REGISTERED_AGAIN)).isEqualTo(1);
    watch.round();
    remove();
    watch.round();

    List<AlertRaised> written = world.alerts.written();
    assertThat(written)
        .extracting(alert -> alert.getKind() + (alert.getResolved() ? " over" : ""))
        .containsExactly(
            "HOOK_MISSING",
            "HOOK_MISSING over",
            "HOOK_INCOMPLETE",
            "HOOK_INCOMPLETE over",
            "HOOK_MISSING");
    assertThat(written.get(2).getDetail().getRu()).contains("update_lead").contains("status_lead");
    assertThat(written.get(4).getId())
        .as("the second time it is another trouble")
        .isNotEqualTo(written.get(0).getId());
    assertThat(world.webhooks("acme").path(0).path("settings")).hasSize(33);
  }

  @Test
  void aHookThatCannotBeMadeAgainIsTriedInEveryRoundAndToldOnce() throws Exception {
    remove();
    world.sandbox.fault(fault("POST", 500, null));

    RoundReport report = watch.round();
    watch.round();

    assertThat(report.toString()).isEqualTo("1 not-registered, 1 alert-raised");
    assertThat(report.remarks())
        .anyMatch(line -> line.startsWith("acme/main: not registered again"));
    assertThat(world.alerts.written()).hasSize(1);
    world.sandbox.clearFaults();
    assertThat(watch.round().toString()).isEqualTo("1 registered-again");
    assertThat(watch.round().toString()).isEqualTo("1 healthy, 1 alert-resolved");
  }

  @Test
  void anUnpaidAccountIsACaseForAPerson() throws Exception {
    world.sandbox.kommo("acme").change(Json.object().put("paid", false));

    assertThat(watch.round().toString()).isEqualTo("1 access-lost, 1 alert-raised");

    AlertRaised alert = world.alerts.written().get(0);
    assertThat(alert.getKind()).isEqualTo(AlertKind.CRM_ACCESS_LOST);
    assertThat(alert.getSeverity()).isEqualTo(AlertSeverity.CRITICAL);
    assertThat(alert.getDetail().getRu()).contains("payment-required");
    world.sandbox.kommo("acme").change(Json.object().put("paid", true));
    assertThat(watch.round().toString()).isEqualTo("1 healthy, 1 alert-resolved");
  }

  @Test
  void aSilentVendorIsToldAfterSomeRoundsAndEndsNoOtherAlert() throws Exception {
    remove();
    world.sandbox.fault(fault("POST", 500, null));
    watch.round();
    world.sandbox.fault(fault("GET", null, Fault.Drop.BEFORE));

    for (int i = 1; i < HookWatch.SILENT_ROUNDS; i++) {
      assertThat(watch.round().toString()).isEqualTo("1 unreachable");
    }
    assertThat(watch.round().toString()).isEqualTo("1 unreachable, 1 alert-raised");
    assertThat(watch.round().toString()).isEqualTo("1 unreachable");

    assertThat(world.alerts.written())
        .extracting(AlertRaised::getKind)
        .containsExactly(AlertKind.HOOK_MISSING, AlertKind.CRM_UNREACHABLE);
    world.sandbox.clearFaults();
    assertThat(watch.round().toString()).isEqualTo("1 registered-again, 1 alert-resolved");
    assertThat(watch.round().toString()).isEqualTo("1 healthy, 1 alert-resolved");
  }

  @Test
  void aLogThatIsAwayHoldsNoRepairUp() throws Exception {
    remove();
    world.alerts.away(true);

    RoundReport report = watch.round();

    assertThat(report.toString()).isEqualTo("1 registered-again, 1 alert-raised, 1 alert-unsent");
    assertThat(report.remarks()).contains("the log is away");
    assertThat(watch.round().of(Outcome.ALERT_UNSENT)).isEqualTo(2);
    world.alerts.away(false);
    assertThat(watch.round().toString()).isEqualTo("1 healthy");
    assertThat(world.alerts.written())
        .extracting(AlertRaised::getResolved)
        .containsExactly(false, true);
  }

  @Test
  void aTokenThatIsGoneIsOurOwnTrouble() throws Exception {
    world.environment.remove("HOOK");

    RoundReport report = watch.round();

    assertThat(report.toString()).isEqualTo("1 unchecked, 1 alert-raised");
    assertThat(world.alerts.written().get(0).getKind()).isEqualTo(AlertKind.HOOK_UNCHECKED);
    assertThat(world.alerts.written().get(0).getDetail().getEn()).contains("env:HOOK");
  }

  @Test
  void anAccountThatHasRemovedUsIsLeftAlone() throws Exception {
    world
        .alerts
        .open()
        .write(
            new TroubleAlerts("gateway-1")
                .uninstalled(
                    CrmEvent.newBuilder()
                        .setId("e1")
                        .setKind(EventKind.INTEGRATION_UNINSTALLED)
                        .setTenantId("acme")
                        .setAccountId("main")
                        .setReceivedAt(1_000)
                        .setWebhookId("w1")
                        .build()));
    remove();

    assertThat(watch.round().toString()).isEqualTo("1 uninstalled");

    assertThat(world.webhooks("acme")).isEmpty();
    world.connect();
    assertThat(watch.round().toString()).isEqualTo("1 healthy");
  }

  @Test
  void anAccountThatIsDisconnectedDuringARoundIsLeftAlone() throws Exception {
    HookWatch slow =
        new HookWatch(
            new HookWatch.Parts(
                world.hooks,
                new DisconnectsAfterLooking(),
                new Secrets(world.environment::get),
                world.alerts.open(),
                world.clock));
    remove();

    RoundReport report = slow.round();

    assertThat(world.webhooks("acme")).isEmpty();
    assertThat(world.hooks.inUse()).isEmpty();
    assertThat(report.of(Outcome.REGISTERED_AGAIN)).isZero();
    assertThat(world.alerts.written()).isEmpty();
  }

  /** A person ends the subscription while the watch looks at it. */
  private final class DisconnectsAfterLooking implements CrmConnection {
    private final CrmConnection vendor = world.kommo.connection();

    @Override
    public CompletableFuture<CrmReply<Optional<WebhookSubscription>>> findWebhook(
        CrmAccount account, String destination) {
      CrmReply<Optional<WebhookSubscription>> found =
          vendor.findWebhook(account, destination).join();
      try {
        world.connector().disconnect("acme", "main");
      } catch (ConnectException | SQLException e) {
        throw new AssertionError(e);
      }
      return CompletableFuture.completedFuture(found);
    }

    @Override
    public CompletableFuture<CrmReply<VendorAccount>> readAccount(CrmAccount account) {
      return vendor.readAccount(account);
    }

    @Override
    public CompletableFuture<CrmReply<Subscribed>> subscribe(
        CrmAccount account, String destination, List<String> codes) {
      return vendor.subscribe(account, destination, codes);
    }

    @Override
    public CompletableFuture<CrmReply<Boolean>> unsubscribe(
        CrmAccount account, String destination) {
      return vendor.unsubscribe(account, destination);
    }
  }

  @Test
  void accountsThatAreNotInUseAreNotLookedAt() throws Exception {
    world.execute("UPDATE tenants SET active = false");
    assertThat(watch.round().toString()).isEqualTo("no account is connected");

    world.execute("UPDATE tenants SET active = true", "UPDATE crm_accounts SET active = false");
    assertThat(watch.round().toString()).isEqualTo("no account is connected");
  }

  @Test
  void oneAccountsTroubleIsNotAnothers() throws Exception {
    for (int i = 2; i <= 12; i++) {
      String name = "acme" + i;
      world.open(31_337_000 + i, name);
      world.environment.put("HOOK" + i, "webhook-token-number-" + i);
      world.environment.put("TOKEN" + i, "access-1");
      world.execute(
          world.accountRow(
              name, name, 31_337_000 + i, "webhook-token-number-" + i, "env:TOKEN" + i));
      world
          .connector()
          .subscribe("acme", name, new Connector.Hook(world.gatewayUrl(), "env:HOOK" + i));
    }
    world.sandbox.kommo("acme7").change(Json.object().put("paid", false));

    assertThat(watch.round().toString()).isEqualTo("11 healthy, 1 access-lost, 1 alert-raised");
    assertThat(world.alerts.written().get(0).getAccountId()).isEqualTo("acme7");
  }

  private void remove() throws Exception {
    world
        .kommo
        .connection()
        .unsubscribe(
            world.hooks.find("acme", "main").orElseThrow().account().crm(), world.destination())
        .get();
  }

  private static Fault fault(String method, Integer status, Fault.Drop drop) {
    return new Fault(
        "acme", method, ".*/webhooks", null, null, null, null, status, null, Map.of(), drop);
  }
}
