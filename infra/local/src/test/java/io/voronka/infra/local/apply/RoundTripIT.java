package io.voronka.infra.local.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.connectors.testing.PostgresDatabase;
import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.postgres.ControlDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code get} prints is what {@code apply} takes, of every kind and with odd values. */
final class RoundTripIT {
  private static final String DOCUMENTS =
      """
      kind: Tenant
      id: "2024"
      name: "  Ромашка: «да» # no\\n\\u2028\\t'\\"{{ x }} "
      timeZone: Asia/Yekaterinburg
      locale: sr-Latn-RS
      active: no
      quietFrom: "21:00"
      quietTo: "09:30"
      messageCap: 3 per 24h
      mailCap: 1 per 30d
      optOutWords: ["стоп", "no", "null", "1e3", "- x", "~"]
      ---
      kind: Tenant
      id: "true"
      name: "null"
      effectsPaused: true
      optOutWords: []
      ---
      kind: Account
      tenant: 2024
      id: "007"
      subdomain: "0"
      vendorAccountId: 999999999999999999
      webhookToken: "env:HOOK"
      apiBaseUrl: http://127.0.0.1:80/a_b/c
      token: "file:/tmp/a b: c#d"
      integrationUserId: "77"
      requestsPerSecond: 1
      accountRequestsPerSecond: 1000
      chatScopeId: abc_def-1
      chatSecret: env:CHAT
      chatSenderId: sender-1
      ---
      kind: Account
      tenant: "true"
      id: "1.5"
      subdomain: x-y
      vendorAccountId: 5
      webhookTokenSha256: "0000000000000000000000000000000000000000000000000000000000001e10"
      messageBotId: 12
      messageBotFieldId: "34"
      ---
      kind: Agent
      tenant: "2024"
      id: "null"
      account: "007"
      name: "Анна\\r\\n  the 2nd: yes"
      silentAfterHuman: 30m
      ---
      kind: SigningKey
      tenant: "2024"
      id: "1_0"
      secrets: ["env:A", "file:/run/ключ"]
      ---
      kind: MailSender
      tenant: "2024"
      id: "1e3"
      host: mail.example
      from: a+b@c.example
      fromName: "Отдел: «продажи», O'Brien"
      user: "yes"
      password: env:MAIL
      replyTo: r@c.example
      unsubscribeUrl: "https://c.example/?u={token}&x=#y"
      unsubscribeAddress: u@c.example
      security: tls
      ---
      kind: Script
      tenant: "2024"
      agent: "null"
      id: "off"
      title: "1_000"
      category: greeting
      locale: ru
      stages: ["142", 143]
      keyPhrases: ["a: b", " c\\nd ", "0x1F", "{{"]
      body: |2+
          Здравствуйте, {{ lead.name | default: "друг: 'да'" }}!
        \\t # not a remark

      ---
      kind: OptOut
      tenant: "2024"
      phone: 8 (900) 123-45-67
      ---
      kind: OptOut
      tenant: "2024"
      mail: Anna.O'Hara@Example.COM
      ---
      kind: OptOut
      tenant: "2024"
      account: "007"
      contact: 42
      ---
      kind: Rule
      tenant: "2024"
      id: "0777"
      name: "12:30"
      mode: off
      trigger: {event: [lead_updated]}
      when:
        any:
          - field_value: {field: "600001", operator: in, values: ["1.0", "01", "да", "null", "~", "2024-01-01"]}
          - field_value: {field: price, operator: between, min: 1.50, max: 1000000000000000000000}
          - field_value: {field: created_at, operator: greater, type: date, value: 2024-01-01}
      actions:
        - key: "on"
          create_task: {text: "line one\\n\\n  line three: {{ lead.name | default: 'x' }}\\n", due: 90m}
        - key: "y"
          webhook: {url: "https://e.example/a?b=c#d", sign_with: "1_0", headers: {X-On: "no", X-Number: "1.0"}, body: "{\\"ключ\\": null}\\n# no remark\\n"}
      ---
      kind: Sequence
      tenant: "2024"
      id: "1"
      name: "Одна: «цепочка»"
      state: on
      entry: {event: lead_created}
      steps:
        - {id: "1", wait: {for: 1d}}
        - {id: "null", send_message: {text: " leading\\n"}}
      """;

  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.fast();

  @TempDir private Path folder;
  private final ControlAccess access =
      ControlAccess.with(reference -> Optional.of("0123456789abcdef-" + reference));

  @Test
  void whatIsPrintedIsTakenAndChangesNothing() throws Exception {
    PostgresDatabase database = POSTGRES.newDatabase();
    ControlDatabase.migrate(database.jdbcUrl(), database.user(), database.password());
    try (Connection connection = database.connect()) {
      Path given = Files.writeString(folder.resolve("given.yaml"), DOCUMENTS);
      assertThat(access.apply(connection, given, false).changes()).isNotEmpty();
      assertThat(access.dryRun(connection, given, false).changes()).isEmpty();

      for (Exporter.Kind kind : Exporter.Kind.values()) {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        Path yaml = folder.resolve(name + ".yaml");
        Path json = folder.resolve(name + ".json");
        for (ObjectNode document : ControlAccess.get(connection, name)) {
          append(yaml, DocumentWriter.yaml().write(document));
          append(json, DocumentWriter.json().write(document));
        }

        assertThat(access.dryRun(connection, yaml, false).changes()).as("%s", yaml).isEmpty();
        assertThat(access.dryRun(connection, json, false).changes()).as("%s", json).isEmpty();
      }
    }
  }

  private static void append(Path file, String text) throws Exception {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
