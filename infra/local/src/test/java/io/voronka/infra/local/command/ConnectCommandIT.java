package io.voronka.infra.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.connectors.testing.PostgresDatabase;
import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.local.ControlDatabases;
import io.voronka.infra.sandbox.Sandbox;
import io.voronka.infra.sandbox.client.AccountSpec;
import io.voronka.infra.sandbox.client.Credentials;
import io.voronka.infra.sandbox.client.KommoClient;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.infra.sandbox.kommo.model.Limits;
import io.voronka.schemas.AlertKind;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a person types from a new account to a webhook that is watched, on real parts. */
class ConnectCommandIT {
  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.shared();
  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();

  @TempDir private Path folder;
  private Sandbox sandbox;
  private KommoClient kommo;
  private PostgresDatabase database;
  private Credentials credentials;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void open() throws Exception {
    KAFKA.createTopics(Topics.ALERTS_RAISED, Topics.SCHEMAS_PUBLISHED);
    sandbox = Sandbox.start(folder.resolve("sandbox"));
    SandboxClient client = new SandboxClient(sandbox.address());
    credentials =
        client
            .openAccount(
                AccountSpec.of(31_337_001, "acme").with(new Limits(100_000, 1, 50, 60, 60)))
            .integrations()
            .get(0);
    kommo = client.kommo("acme");
    database = ControlDatabases.newOn(POSTGRES);
    secret("webhook-token", "0123456789abcdef");
    secret("client-secret", credentials.clientSecret());
    secret("token-key", Base64.getEncoder().encodeToString(new byte[32]));
    secret("database-password", database.password());
    Path documents = folder.resolve("acme.yaml");
    Files.writeString(
        documents,
        """
        {kind: Tenant, id: acme, name: Acme}
        ---
        kind: Account
        tenant: acme
        id: main
        subdomain: acme
        vendorAccountId: 31337001
        apiBaseUrl: %s
        token: store
        webhookToken: %s
        """
            .formatted(kommo.apiBase(), file("webhook-token")));
    assertThat(run(List.of("apply", "-f", documents.toString()), databaseOptions())).isZero();
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void fromAnInvitationToAWatchedWebhook() throws Exception {
    assertThat(connect()).isZero();
    Matcher invitation =
        Pattern.compile("https://www\\.kommo\\.com/oauth\\?client_id=.*").matcher(out.toString());
    assertThat(invitation.find()).isTrue();
    assertThat(out.toString()).contains("agree:").contains("дайте согласие:");
    String state = URI.create(invitation.group()).getQuery().replaceAll(".*state=([^&]*).*", "$1");

    assertThat(
            connect(
                "--redirect",
                "https://example.test/oauth?code="
                    + kommo.issueCode()
                    + "&state="
                    + state
                    + "&referer=acme.kommo.com"))
        .isZero();
    assertThat(out.toString())
        .contains("connected: ")
        .contains("webhooks go to https://hooks.example.test/webhooks/kommo/…")
        .contains("33 events taken: add_lead, ")
        .contains("not known to this account: add_unsorted, ")
        .doesNotContain("0123456789abcdef")
        .doesNotContain(credentials.clientSecret());
    assertThat(watch()).isZero();
    assertThat(out.toString()).contains("1 healthy");

    kommo.subscribe(
        "https://hooks.example.test/webhooks/kommo/0123456789abcdef", List.of("add_lead"));
    assertThat(watch()).isZero();
    assertThat(out.toString()).contains("1 registered-again, 1 alert-raised");
    assertThat(watch()).isZero();
    assertThat(out.toString()).contains("1 healthy, 1 alert-resolved");
    List<AlertRaised> alerts = KAFKA.consume(Topics.ALERTS_RAISED, AlertRaised.class);
    assertThat(alerts).extracting(AlertRaised::getKind).containsOnly(AlertKind.HOOK_INCOMPLETE);
    assertThat(alerts).extracting(AlertRaised::getResolved).containsExactly(false, true);
    assertThat(alerts).extracting(AlertRaised::getId).doesNotContainNull().hasSize(2);
    assertThat(alerts.get(0).getId()).isEqualTo(alerts.get(1).getId());

    assertThat(connect("--disconnect")).isZero();
    assertThat(watch()).isZero();
    assertThat(out.toString()).contains("no account is connected");
  }

  @Test
  void whatCannotBeIsSaidInOneLine() {
    assertThat(connect("--code", "made-up")).isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString()).startsWith("voronka: no tokens: the vendor refuses the code");
    assertThat(err.toString()).doesNotContain("\tat ");

    assertThat(connect("--code", "c", "--redirect", "r")).isEqualTo(ExitCodes.USAGE);
    assertThat(run(List.of("connect", "--tenant", "acme", "--account", "main"), platform()))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("this needs --client-id");
    assertThat(run(List.of("watch", "--every", "often"), platform())).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--every takes a time such as 30s");
  }

  private int connect(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "connect",
                "--tenant",
                "acme",
                "--account",
                "main",
                "--client-id",
                credentials.clientId(),
                "--client-secret",
                file("client-secret"),
                "--redirect-uri",
                credentials.redirectUri(),
                "--webhook-token",
                file("webhook-token"),
                "--gateway-url",
                "https://hooks.example.test",
                "--trust",
                URI.create(sandbox.address()).getAuthority()));
    arguments.addAll(List.of(more));
    return run(arguments, platform());
  }

  private int watch() {
    return run(List.of("watch", "--once"), platform());
  }

  private List<String> platform() {
    List<String> options = new ArrayList<>(databaseOptions());
    options.addAll(
        List.of(
            "--token-key-file",
            folder.resolve("token-key").toString(),
            "--kafka",
            KAFKA.bootstrapServers()));
    return options;
  }

  private List<String> databaseOptions() {
    return List.of(
        "--database-url",
        database.jdbcUrl(),
        "--database-user",
        database.user(),
        "--database-password-file",
        folder.resolve("database-password").toString());
  }

  private int run(List<String> arguments, List<String> options) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line =
        new CommandLine(new Nothing())
            .addSubcommand(new ApplyCommand())
            .addSubcommand(new ConnectCommand())
            .addSubcommand(new WatchCommand())
            .setExecutionExceptionHandler(ExitCodes::report);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(arguments);
    all.addAll(options);
    return line.execute(all.toArray(String[]::new));
  }

  private String file(String name) {
    return "file:" + folder.resolve(name);
  }

  private void secret(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text);
  }

  /** Only a place for subcommands. */
  @CommandLine.Command(name = "voronka")
  private static final class Nothing {}
}
