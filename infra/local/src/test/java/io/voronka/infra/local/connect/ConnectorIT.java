package io.voronka.infra.local.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.connectors.crm.trouble.TroubleAlerts;
import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.local.ControlDatabases;
import io.voronka.infra.local.connect.ConnectException.Reason;
import io.voronka.infra.sandbox.faults.Fault;
import io.voronka.infra.sandbox.ledger.LedgerEntry;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Connecting an account, against a simulated vendor and a real control database. */
class ConnectorIT {
  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.shared();

  @TempDir private Path folder;
  private ConnectWorld world;

  @BeforeEach
  void open() throws Exception {
    world = new ConnectWorld(ControlDatabases.newOn(POSTGRES), folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aYesGivesTokensAndWebhooks() throws Exception {
    Connected connected = world.connect();

    assertThat(connected.account().id()).isEqualTo("31337001");
    assertThat(connected.taken()).hasSize(33).contains("add_lead", "add_message", "update_talk");
    assertThat(connected.refused())
        .as("codes that only some have seen")
        .containsExactly("add_unsorted", "update_unsorted", "delete_unsorted");
    assertThat(connected.hints())
        .containsExactly(
            "our own changes come back as user 11002299: apply the account with integrationUserId: 11002299");
    assertThat(connected.toString()).doesNotContain(ConnectWorld.TOKEN);
    assertThat(world.tokens.find("acme", "main").orElseThrow().client())
        .isEqualTo(ConnectWorld.CLIENT);
    assertThat(world.webhooks("acme")).hasSize(1);
    assertThat(world.webhooks("acme").path(0).path("destination").asText())
        .isEqualTo(world.destination());
    assertThat(world.query("SELECT gateway_url || ' ' || webhook_token_reference FROM crm_hooks"))
        .containsExactly(world.gatewayUrl() + " env:HOOK");
    assertThat(world.sandbox.kommo("acme").createLead("Lead", 7_300_100, 64_100_200).attempts())
        .as("the gateway is told, and answers")
        .isNotEmpty()
        .allMatch(attempt -> attempt.answer() == 200);
  }

  @Test
  void connectingAgainReplacesTokensAndKeepsOneSubscription() throws Exception {
    world.connect();
    world.connect();

    assertThat(world.tokens.find("acme", "main").orElseThrow().version()).isEqualTo(2);
    assertThat(world.webhooks("acme")).hasSize(1);
  }

  @Test
  void anotherAccountsTokensAreNotStored() throws Exception {
    world.connect();
    world.execute("UPDATE crm_accounts SET vendor_account_id = 31337002");

    refused(Reason.OTHER_ACCOUNT, world::connect, "open account 31337001 (acme), not 31337002");

    assertThat(world.tokens.find("acme", "main").orElseThrow().version())
        .as("the good ones stay")
        .isEqualTo(1);
    refused(
        Reason.OTHER_ACCOUNT,
        () -> world.connector().subscribe("acme", "main", world.hook()),
        "31337001");
  }

  @Test
  void aCodeIsNotSpentOnWhatCannotWork() throws Exception {
    Approval approval = world.agreed("acme.kommo.com");
    Connector connector = world.connector();
    long before = world.sandbox.ledgerEnd();

    refused(
        Reason.UNTRUSTED_HOST,
        () -> connect(new Approval(approval.code(), "acme.kommo.com.evil.test", approval.state())),
        "the client's secret is not sent");
    refused(
        Reason.UNTRUSTED_HOST,
        () -> connect(new Approval(approval.code(), "other.kommo.com", approval.state())),
        "given for other.kommo.com");
    refused(
        Reason.FOREIGN_REDIRECT,
        () -> connect(new Approval(approval.code(), "acme.kommo.com", "0".repeat(32))),
        "does not answer the invitation");
    world.environment.put("HOOK", "webhook-token-of-others");
    refused(Reason.WEBHOOK_TOKEN, () -> connect(approval), "is not the one that account acme/main");
    world.environment.remove("HOOK");
    refused(Reason.WEBHOOK_TOKEN, () -> connect(approval), "env:HOOK");
    world.environment.put("HOOK", ConnectWorld.TOKEN);
    world.execute("UPDATE crm_accounts SET api_base_url = 'https://acme.kommo.com.evil.test'");
    refused(
        Reason.UNTRUSTED_HOST,
        () -> connect(Approval.ofCode(approval.code())),
        "acme.kommo.com.evil.test is no account's host");
    world.execute(
        "UPDATE crm_accounts SET api_base_url = '"
            + world.sandbox.kommo("acme").apiBase()
            + "', token_reference = 'env:LONG_LIVED'");
    refused(
        Reason.TOKENS_ELSEWHERE, () -> connect(approval), "takes its token from env:LONG_LIVED");
    world.execute("UPDATE crm_accounts SET token_reference = 'store'");

    assertThat(world.sandbox.allLedger(before, Map.of()))
        .as("the vendor was told nothing")
        .isEmpty();
    assertThat(
            connector.connect("acme", "main", ConnectWorld.CLIENT, approval, world.hook()).taken())
        .isNotEmpty();
    refused(Reason.CODE_REFUSED, () -> connect(approval), "has been revoked");
  }

  @Test
  void aNoIsSaid() {
    refused(
        Reason.DENIED,
        () -> Approval.ofRedirect("https://voronka.test/oauth?error=access_denied&state=s"),
        "did not agree: access_denied");
    refused(
        Reason.FOREIGN_REDIRECT,
        () -> Approval.ofRedirect("https://voronka.test/oauth?code=c"),
        "needs code, state and referer");
    refused(
        Reason.NO_SUCH_ACCOUNT,
        () -> world.connector().invitation("acme", "other", ConnectWorld.CLIENT),
        "no Kommo account acme/other");
    refused(
        Reason.NOT_CONNECTED,
        () -> world.connector().subscribe("acme", "main", world.hook()),
        "never connected");
    refused(
        Reason.NOT_CONNECTED,
        () -> world.connector().disconnect("acme", "main"),
        "acme/main has no webhooks");
  }

  @Test
  void aWebhookThatIsRefusedLeavesGoodTokens() throws Exception {
    Fault invalid =
        new Fault(
            "acme",
            "POST",
            ".*/webhooks",
            null,
            null,
            null,
            null,
            400,
            Json.object().put("title", "Bad Request").put("detail", "Invalid URL"),
            null,
            null);
    world.sandbox.fault(invalid);

    refused(Reason.HOOK_REFUSED, world::connect, "the tokens are good", "Invalid URL");

    world.sandbox.clearFaults();
    assertThat(world.connector().subscribe("acme", "main", world.hook()).taken()).isNotEmpty();
  }

  @Test
  void aLongLivedTokenNeedsNoCode() throws Exception {
    world.execute("UPDATE crm_accounts SET token_reference = 'env:LONG_LIVED'");

    Connected connected = world.connector().subscribe("acme", "main", world.hook());

    assertThat(connected.taken()).contains("add_lead");
    assertThat(world.query("SELECT 1 FROM crm_tokens")).isEmpty();
  }

  @Test
  void whenTheGatewayMovesTheSubscriptionMovesWithIt() throws Exception {
    world.connect();
    String moved = world.gatewayUrl().replace("127.0.0.1", "localhost");

    Connected connected =
        world.connector().subscribe("acme", "main", new Connector.Hook(moved, "env:HOOK"));

    assertThat(world.webhooks("acme")).hasSize(1);
    assertThat(world.webhooks("acme").path(0).path("destination").asText()).startsWith(moved);
    assertThat(connected.hints()).noneMatch(hint -> hint.contains(world.gatewayUrl()));
  }

  @Test
  void aSubscriptionThatCannotBeEndedIsToldOf() throws Exception {
    world.connect();
    world.sandbox.fault(
        new Fault("acme", "DELETE", ".*/webhooks", null, null, null, null, 500, null, null, null));
    String moved = world.gatewayUrl().replace("127.0.0.1", "localhost");

    Connected connected =
        world.connector().subscribe("acme", "main", new Connector.Hook(moved, "env:HOOK"));

    assertThat(connected.hints())
        .anyMatch(hint -> hint.contains("also go to " + world.gatewayUrl()))
        .noneMatch(hint -> hint.contains(ConnectWorld.TOKEN));
    assertThat(world.query("SELECT gateway_url FROM crm_hooks")).containsExactly(moved);
  }

  @Test
  void disconnectingEndsTheSubscription() throws Exception {
    world.connect();

    assertThat(world.connector().disconnect("acme", "main")).isTrue();

    assertThat(world.webhooks("acme")).isEmpty();
    assertThat(world.hooks.inUse()).isEmpty();
    assertThat(
            world.sandbox.allLedger(0, Map.of("kind", "remove_webhook")).stream()
                .map(LedgerEntry::account)
                .toList())
        .containsExactly("acme");
  }

  @Test
  void connectingAgainEndsTheAlertAboutARemovedIntegration() throws Exception {
    AlertRaised removed =
        new TroubleAlerts("gateway-1")
            .uninstalled(
                CrmEvent.newBuilder()
                    .setId("e1")
                    .setKind(EventKind.INTEGRATION_UNINSTALLED)
                    .setTenantId("acme")
                    .setAccountId("main")
                    .setReceivedAt(1_000)
                    .setWebhookId("w1")
                    .build());
    world.alerts.open().write(removed);

    assertThat(world.connect().resolvedAlerts())
        .containsExactly("The integration was removed from main");

    AlertRaised over = world.alerts.written().get(1);
    assertThat(over.getId()).isEqualTo(removed.getId());
    assertThat(over.getResolved()).isTrue();
    assertThat(over.getRaisedAt()).isEqualTo(1_000);
    assertThat(over.getResolvedAt()).isEqualTo(world.clock.millis());
    assertThat(world.connect().resolvedAlerts()).as("it is over only once").isEmpty();
  }

  @Test
  void alertsThatCannotBeEndedAreNoReasonToFail() throws Exception {
    world.alerts.away(true);

    assertThat(world.connect().hints())
        .contains("alerts about this account may stay open: the log is away");
  }

  private Connected connect(Approval approval) throws Exception {
    return world.connector().connect("acme", "main", ConnectWorld.CLIENT, approval, world.hook());
  }

  private static void refused(Reason reason, ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ConnectException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContainingAll(words)
        .hasMessageNotContainingAny("toy-secret", "webhook-token-of");
  }

  @Test
  void theStateBelongsToOneAccountAndOneSecret() throws Exception {
    world.execute(world.accountRow("side", "acme", 31_337_009, "another-token-of-acme", "store"));
    Connector connector = world.connector();
    var main = connector.invitation("acme", "main", ConnectWorld.CLIENT);

    assertThat(connector.invitation("acme", "main", ConnectWorld.CLIENT)).isEqualTo(main);
    assertThat(connector.invitation("acme", "side", ConnectWorld.CLIENT)).isNotEqualTo(main);
    world.environment.put("CLIENT_SECRET", "another-secret");
    assertThat(connector.invitation("acme", "main", ConnectWorld.CLIENT)).isNotEqualTo(main);
    assertThat(List.of(main.getHost(), main.getPath())).containsExactly("www.kommo.com", "/oauth");
  }
}
