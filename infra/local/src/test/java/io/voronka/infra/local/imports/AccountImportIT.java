package io.voronka.infra.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.connectors.crm.kommo.webhook.DeliveryContext;
import io.voronka.connectors.crm.kommo.webhook.KommoWebhookDecoder;
import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.local.ControlDatabases;
import io.voronka.infra.local.command.ExitCodes;
import io.voronka.infra.local.command.GetCommand;
import io.voronka.infra.local.command.ImportCommand;
import io.voronka.infra.local.imports.ImportException.Reason;
import io.voronka.infra.sandbox.client.KommoClient;
import io.voronka.infra.sandbox.faults.Fault;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole import, against the sandbox, PostgreSQL and Kafka. */
final class AccountImportIT {
  private static final long YESTERDAY = 1_748_268_000;

  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.shared();
  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();

  @TempDir private Path folder;
  private ImportWorld world;

  @BeforeEach
  void open() throws Exception {
    world = new ImportWorld(folder, ControlDatabases.newOn(POSTGRES), KAFKA);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void leadsContactsAndCompaniesBecomeEventsOfTheirOwnKinds() throws SQLException {
    long before = System.currentTimeMillis();
    world.leads(3, YESTERDAY);
    long lead = world.kommo().createLeadSilently("With contact", 7300100, 64100300);
    long contact = act("create_contact", body -> body.put("name", "Анна"));
    act("create_contact", body -> body.put("name", "Firm").put("company", true));
    act(
        "update_lead",
        body -> {
          body.put("id", lead);
          body.putObject("_embedded").putArray("contacts").addObject().put("id", contact);
        });

    world.run(world.everything());

    List<CrmEvent> events = world.events();
    assertThat(
            events.stream()
                .collect(Collectors.groupingBy(CrmEvent::getKind, Collectors.counting())))
        .isEqualTo(
            Map.of(
                EventKind.LEAD_IMPORTED, 4L,
                EventKind.CONTACT_IMPORTED, 1L,
                EventKind.COMPANY_IMPORTED, 1L));
    CrmEvent one = event(events, lead);
    assertThat(one.getLinks())
        .containsExactly(new EntityRef(EntityType.CONTACT, String.valueOf(contact)));
    assertThat(one.getFields()).containsEntry("status_id", "64100300");
    assertThat(event(events, contact).getFields()).containsEntry("name", "Анна");
    CrmEvent oldest =
        events.stream()
            .filter(e -> e.getOccurredAt() == YESTERDAY * 1000)
            .findFirst()
            .orElseThrow();
    assertThat(oldest.getReceivedAt()).as("the log's clock").isGreaterThanOrEqualTo(before);
    assertThat(KAFKA.consume(world.topic()))
        .allSatisfy(
            record -> {
              assertThat(record.timestamp()).isGreaterThanOrEqualTo(before);
              assertThat(new String(record.key(), StandardCharsets.UTF_8))
                  .matches("acme\\|main\\|(LEAD|CONTACT|COMPANY)\\|\\d+");
            });
  }

  @Test
  void anImportAndAWebhookTellOfTheSameLeadInTheSameWords() throws SQLException {
    world.kommo().subscribe(world.sandbox.hookAddress("witness"), List.of("update_lead"));
    long lead = world.kommo().createLeadSilently("Заявка #1 & co", 7300100, 64100300);
    ObjectNode change = KommoClient.action("update_lead").put("id", lead).put("price", 1000);
    change.putArray("tags_to_add").addObject().put("name", "vip");
    var fields = change.putArray("custom_fields_values");
    value(fields.addObject().put("field_id", 427271)).put("value", 1412380800);
    value(fields.addObject().put("field_id", 600005)).put("value", true);
    value(fields.addObject().put("field_id", 600003)).put("enum_id", 700001);
    value(fields.addObject().put("field_id", 600006)).put("enum_id", 700012);
    value(fields.addObject().put("field_id", 575809))
        .put("value", "+79991234567")
        .put("enum_code", "WORK");
    world.kommo().act(change, "told");

    world.run(world.only(ImportedKind.LEADS));

    CrmEvent imported = event(world.events(), lead);
    CrmEvent told = told();
    assertThat(imported.getFields()).containsAllEntriesOf(told.getFields());
    assertThat(plain(imported.getCustomFields())).isEqualTo(plain(told.getCustomFields()));
    assertThat(imported.getTags()).isEqualTo(told.getTags());
    assertThat(imported.getOccurredAt()).isEqualTo(told.getOccurredAt());
    assertThat(imported.getActorId()).isEqualTo(told.getActorId());
    assertThat(imported.getSubjectId()).isEqualTo(told.getSubjectId());
    assertThat(imported.getId()).isNotEqualTo(told.getId());
  }

  @Test
  void anImportThatWasInterruptedGoesOnWithoutDoubling() throws SQLException {
    world.leads(620, YESTERDAY);
    world.listener.onAdvance = progress -> Thread.currentThread().interrupt();

    ImportException cut =
        catchThrowableOfType(
            ImportException.class, () -> world.run(world.only(ImportedKind.LEADS)));
    Thread.interrupted();
    List<CrmEvent> first = world.events();
    world.listener.onAdvance = progress -> {};
    world.run(world.only(ImportedKind.LEADS));

    assertThat(cut.reason()).isEqualTo(Reason.INTERRUPTED);
    assertThat(first).hasSize(250);
    List<CrmEvent> all = world.events();
    assertThat(ids(all)).as("every lead, each under one id").hasSize(620);
    assertThat(all).as("the one on the border comes twice, with the same id").hasSize(621);
    assertThat(world.listener.finished)
        .singleElement()
        .satisfies(progress -> assertThat(progress.finished()).isTrue());
  }

  @Test
  void aFinishedImportLooksOnlyForWhatChangedAndAFreshOneReadsAllAgain() throws SQLException {
    world.leads(300, YESTERDAY);
    world.run(world.only(ImportedKind.LEADS));
    Set<String> known = ids(world.events());
    long lead = world.kommo().createLeadSilently("New", 7300100, 64100300);
    long calls = world.calls();

    world.run(world.only(ImportedKind.LEADS));

    assertThat(world.calls() - calls).as("five for the catalogue, one for leads").isEqualTo(6);
    assertThat(world.events()).hasSize(302);
    assertThat(ids(world.events())).hasSize(301).containsAll(known);
    ImportOrder again = world.only(ImportedKind.LEADS);
    world.run(
        new ImportOrder(
            again.tenantId(), again.accountId(), again.kinds(), true, again.requestsPerSecond()));
    assertThat(world.events()).hasSize(302 + 301);
    assertThat(ids(world.events())).as("the same ids").hasSize(301);
    assertThat(event(world.events(), lead).getFields()).containsEntry("name", "New");
  }

  @Test
  void aRetryAfterIsHonoured() throws SQLException {
    world.leads(1, YESTERDAY);
    world.sandbox.fault(
        new Fault(
            "acme",
            "GET",
            "/api/v4/leads",
            1,
            null,
            null,
            null,
            429,
            null,
            Map.of("Retry-After", "2"),
            null));
    long start = System.nanoTime();

    world.run(world.only(ImportedKind.LEADS));

    assertThat(System.nanoTime() - start).isGreaterThan(2_000_000_000L);
    assertThat(world.listener.notes).singleElement().asString().contains("waiting 2 s");
    assertThat(world.events()).hasSize(1);
    assertThat(world.kommo().show().at("/calls/429").asLong()).isEqualTo(1);
  }

  @Test
  void theCatalogueIsWrittenOnceAndThenOnlyItsDifferences() throws SQLException {
    world.run(ImportOrder.catalogue("acme", null));
    assertThat(world.listener.changes).contains("+ pipeline 7300100 Sales");
    assertThat(world.database.query("SELECT type FROM crm_fields WHERE field_id = 600004"))
        .containsExactly("numeric");
    List<String> versions = versions();
    world.listener.changes.clear();

    world.run(ImportOrder.catalogue("acme", null));
    assertThat(world.listener.changes).isEmpty();
    assertThat(versions()).as("no row was written").isEqualTo(versions);

    ObjectNode parts = Json.object();
    var fields = parts.putArray("fields");
    fields.addObject().put("id", 600004).put("name", "Budget").put("type", "text");
    world.kommo().change(parts);
    world.run(ImportOrder.catalogue("acme", null));

    assertThat(world.listener.changes)
        .contains("~ field leads/600004 Budget\n    type: numeric -> text")
        .contains("- field leads/600001 Mark");
    assertThat(world.database.query("SELECT field_id || ' ' || type FROM crm_fields"))
        .containsExactly("600004 text");
    assertThat(world.events()).as("the catalogue alone").isEmpty();
  }

  @Test
  void theCatalogueCanBePrinted() throws SQLException {
    world.run(ImportOrder.catalogue("acme", null));

    try (Connection connection = world.database.connect()) {
      List<ObjectNode> pipelines = CatalogueDocuments.get(connection, "pipelines");
      List<ObjectNode> fields = CatalogueDocuments.get(connection, "fields");
      List<ObjectNode> users = CatalogueDocuments.get(connection, "users");

      assertThat(pipelines.get(0).path("kind").asText()).isEqualTo("Pipeline");
      assertThat(pipelines.get(0).path("tenant").asText()).isEqualTo("acme");
      assertThat(pipelines.get(0).path("stages").findValuesAsText("id")).contains("142", "143");
      assertThat(fields)
          .anySatisfy(
              field -> {
                assertThat(field.path("id").asLong()).isEqualTo(600003);
                assertThat(field.path("choices").findValuesAsText("value"))
                    .containsExactly("Site", "Call");
              });
      assertThat(users).hasSize(3);
    }
  }

  @Test
  void twoImportsOfOneAccountDoNotRunAtOnce() throws SQLException {
    try (Connection other = world.database.connect();
        var statement = other.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(hashtextextended('import|acme/main', 0))");

      ImportException refused =
          catchThrowableOfType(
              ImportException.class, () -> world.run(ImportOrder.catalogue("acme", null)));

      assertThat(refused.reason()).isEqualTo(Reason.RUNNING_ALREADY);
      assertThat(world.calls()).isZero();
    }
  }

  @Test
  void saysWhatHelpsWhenTheAccountCannotBeRead() throws SQLException {
    world.kommo().revokeAccessTokens();
    ImportException refused =
        catchThrowableOfType(
            ImportException.class, () -> world.run(ImportOrder.catalogue("acme", null)));
    ImportException unknown =
        catchThrowableOfType(
            ImportException.class, () -> world.run(ImportOrder.catalogue("acme", "other")));

    assertThat(refused.reason()).isEqualTo(Reason.ACCESS_REFUSED);
    assertThat(refused).hasMessageContaining("connect the account again");
    assertThat(unknown.reason()).isEqualTo(Reason.NO_SUCH_ACCOUNT);
    assertThat(unknown).hasMessageContaining("acme/other");
    assertThat(world.database.query("SELECT count(*) FROM crm_pipelines")).containsExactly("0");
  }

  @Test
  void oneAccountThatCannotBeReadKeepsNoOtherWaiting() throws SQLException {
    world.leads(3, YESTERDAY);
    world.database.execute(
        "INSERT INTO crm_accounts (tenant_id, account_id, crm, subdomain, vendor_account_id,"
            + " webhook_token_sha256, api_base_url, token_reference) SELECT tenant_id, 'closed', crm,"
            + " subdomain, 1, repeat('a', 64), replace(api_base_url, 'acme', 'closed'),"
            + " token_reference FROM crm_accounts");

    ImportException refused =
        catchThrowableOfType(ImportException.class, () -> world.run(world.everything()));

    assertThat(refused).hasMessageContaining("acme/closed").hasMessageContaining("1 of 2 accounts");
    assertThat(world.events()).as("those of acme/main").hasSize(3);
    assertThat(world.listener.notes).anyMatch(note -> note.contains("acme/closed"));
  }

  @Test
  void theCommandLineDoesTheWhole() throws Exception {
    world.leads(3, YESTERDAY);
    String[] options = world.commandOptions(Files.createDirectory(folder.resolve("command")));

    assertThat(command(new ImportCommand(), options, "--tenant", "acme", "--only", "leads"))
        .isEqualTo(ExitCodes.OK);

    assertThat(world.events()).hasSize(3);
    String[] database = Arrays.copyOf(options, 6);
    for (String kind : List.of("pipelines", "fields", "users")) {
      assertThat(command(new GetCommand(), database, kind)).isEqualTo(ExitCodes.OK);
    }
    assertThat(command(new ImportCommand(), options, "--tenant", "nobody"))
        .isEqualTo(ExitCodes.FAILED);
    assertThat(
            command(
                new ImportCommand(), options, "--tenant", "acme", "--refresh-catalogue", "--fresh"))
        .isEqualTo(ExitCodes.USAGE);
  }

  private static int command(Object command, String[] options, String... more) {
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(Stream.concat(Arrays.stream(options), Arrays.stream(more)).toArray(String[]::new));
  }

  /** Changes whenever a row is written. */
  private List<String> versions() throws SQLException {
    return world.database.query(
        "SELECT xmin::text FROM crm_pipelines UNION ALL SELECT xmin::text FROM crm_fields"
            + " UNION ALL SELECT xmin::text FROM crm_users");
  }

  private long act(String what, Consumer<ObjectNode> details) {
    ObjectNode body = Json.object().put("silent", true);
    details.accept(body.putArray("actions").addObject().put("do", what));
    return world.kommo().act(body).id();
  }

  private static ObjectNode value(ObjectNode field) {
    return field.putArray("values").addObject();
  }

  /** What the sandbox's own webhook about the lead says, by the gateway's decoder. */
  private CrmEvent told() {
    String body = world.sandbox.allLedger(0, Map.of("side", "hook")).get(0).body().asText();
    return new KommoWebhookDecoder()
        .decode(
            new DeliveryContext(
                "acme", "main", String.valueOf(ImportWorld.VENDOR_ACCOUNT), "acme", 1, "w", "g"),
            body.getBytes(StandardCharsets.UTF_8),
            null)
        .events()
        .get(0);
  }

  /** Without the codes of choices, which webhooks do not carry. */
  private static Map<String, List<FieldValue>> plain(List<CustomField> fields) {
    return fields.stream()
        .collect(
            Collectors.toMap(
                CustomField::getId,
                field ->
                    field.getValues().stream()
                        .map(value -> new FieldValue(value.getValue(), value.getEnumId(), null))
                        .toList()));
  }

  private static CrmEvent event(List<CrmEvent> events, long entity) {
    return events.stream()
        .filter(event -> event.getEntityId().equals(String.valueOf(entity)))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> ids(List<CrmEvent> events) {
    return events.stream().map(CrmEvent::getId).collect(Collectors.toSet());
  }
}
