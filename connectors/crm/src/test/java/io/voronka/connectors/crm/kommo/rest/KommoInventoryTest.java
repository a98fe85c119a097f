package io.voronka.connectors.crm.kommo.rest;

import static io.voronka.connectors.crm.kommo.rest.ClientFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.crm.Card;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmInventory;
import io.voronka.connectors.crm.FieldDefinition;
import io.voronka.connectors.crm.Page;
import io.voronka.connectors.crm.Pipeline;
import io.voronka.connectors.crm.User;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.Tag;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked for, and what is made of the answers. */
class KommoInventoryTest {
  private static final String API = "GET /kommo/acme/api/v4";

  private ClientFixture fixture;
  private CrmInventory inventory;

  @BeforeEach
  void start() throws IOException {
    fixture = new ClientFixture();
    inventory = fixture.client.inventory();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void readsPipelinesWithTheirStagesInTheOrderOfTheColumns() throws Exception {
    fixture.kommo.answer(
        200,
        """
        {"_total_items":1,"_embedded":{"pipelines":[
          {"id":7300100,"name":"Продажи","sort":1,"is_main":true,"is_archive":false,"_embedded":{"statuses":[
            {"id":142,"name":"Won","sort":10000,"type":0},
            {"id":64100100,"name":"Incoming","sort":10,"type":1}]}},
          {"id":7300200,"name":"Broken","_embedded":{"statuses":[{"name":"no id"}]}}]}}
        """);

    Page<Pipeline> page = await(inventory.readPipelines(fixture.account())).value();

    assertThat(page.items())
        .containsExactly(
            new Pipeline(
                "7300100",
                "Продажи",
                1,
                true,
                false,
                List.of(
                    new Pipeline.Stage("64100100", "Incoming", 10, 1),
                    new Pipeline.Stage("142", "Won", 10000, 0))));
    assertThat(page.unreadable()).as("half a pipeline").isEqualTo(1);
    assertThat(asked()).isEqualTo(API + "/leads/pipelines");
  }

  @Test
  void readsFieldsPageByPage() throws Exception {
    fixture.kommo.answer(
        200,
        """
        {"_page":2,"_links":{"next":{"href":"https://x"}},"_embedded":{"custom_fields":[
          {"id":575811,"name":"Phone","code":"PHONE","type":"multitext","enums":[{"id":311321,"value":"WORK","sort":1,"code":"WORK"}]},
          {"id":600004,"name":"Budget","code":null,"type":"numeric","enums":null},
          {"id":600005,"name":"No type"}]}}
        """);

    Page<FieldDefinition> page =
        await(inventory.readFields(fixture.account(), EntityType.CONTACT, 2)).value();

    assertThat(page.items())
        .containsExactly(
            new FieldDefinition(
                EntityType.CONTACT,
                "575811",
                "PHONE",
                "Phone",
                "multitext",
                List.of(new FieldDefinition.Choice("311321", "WORK", 1, "WORK"))),
            new FieldDefinition(
                EntityType.CONTACT, "600004", null, "Budget", "numeric", List.of()));
    assertThat(page.unreadable()).isEqualTo(1);
    assertThat(page.more()).isTrue();
    assertThat(asked()).isEqualTo(API + "/contacts/custom_fields?limit=250&page=2");
  }

  @Test
  void readsUsersWithAndWithoutTheirRights() throws Exception {
    fixture.kommo.answer(
        200,
        """
        {"_embedded":{"users":[
          {"id":1,"name":"Анна","email":"anna@example.test"},
          {"id":2,"name":"Bob","email":"","rights":{"is_active":false,"is_admin":true}}]}}
        """);

    Page<User> page = await(inventory.readUsers(fixture.account(), 1)).value();

    assertThat(page.items())
        .containsExactly(
            new User("1", "Анна", "anna@example.test", true, false),
            new User("2", "Bob", null, false, true));
    assertThat(page.more()).isFalse();
  }

  @Test
  void readsALeadInTheWordsOfItsWebhooks() throws Exception {
    fixture.kommo.answer(
        200,
        """
        {"_links":{"next":{"href":"https://x"}},"_embedded":{"leads":[
          {"id":100,"name":"Заявка","price":999,"status_id":142,"pipeline_id":7300100,"responsible_user_id":11002200,
           "created_by":11002200,"updated_by":0,"created_at":1748268000,"updated_at":1748268669,"closed_at":null,
           "is_deleted":false,"account_id":31337001,
           "custom_fields_values":[
             {"field_id":600005,"field_name":"Qualified","field_code":null,"values":[{"value":true}]},
             {"field_id":427271,"field_name":"Date","values":[{"value":1412380800}]},
             {"field_id":600008,"values":[{"value":{"vat_id":77,"name":"ООО","is_main":true,"kpp":null}}]},
             {"field_id":600009,"values":[{"catalog_element_id":2,"catalog_id":1}]},
             {"field_id":600003,"field_name":"Source","values":[{"value":"Site","enum_id":700001,"enum_code":null}]}],
           "_embedded":{"tags":[{"id":482205,"name":"vip"}],"companies":[{"id":77}],
             "contacts":[{"id":41,"is_main":false},{"id":42,"is_main":true}]}},
          {"id":101,"name":"no time"},
          {"id":0,"updated_at":1748268669}]}}
        """);

    Page<Card> page =
        await(
                inventory.readCards(
                    fixture.account(), EntityType.LEAD, Instant.ofEpochSecond(1748268669), 3))
            .value();

    assertThat(page.items())
        .containsExactly(
            new Card(
                EntityType.LEAD,
                "100",
                Instant.ofEpochSecond(1748268669),
                "0",
                Map.ofEntries(
                    Map.entry("id", "100"),
                    Map.entry("name", "Заявка"),
                    Map.entry("price", "999"),
                    Map.entry("status_id", "142"),
                    Map.entry("pipeline_id", "7300100"),
                    Map.entry("responsible_user_id", "11002200"),
                    Map.entry("created_user_id", "11002200"),
                    Map.entry("modified_user_id", "0"),
                    Map.entry("created_at", "1748268000"),
                    Map.entry("date_create", "1748268000"),
                    Map.entry("updated_at", "1748268669"),
                    Map.entry("last_modified", "1748268669"),
                    Map.entry("account_id", "31337001")),
                List.of(
                    new CustomField(
                        "600005", null, "Qualified", List.of(new FieldValue("1", null, null))),
                    new CustomField(
                        "427271", null, "Date", List.of(new FieldValue("1412380800", null, null))),
                    new CustomField(
                        "600008",
                        null,
                        null,
                        List.of(
                            new FieldValue(
                                "{\"is_main\":\"1\",\"name\":\"ООО\",\"vat_id\":\"77\"}",
                                null,
                                null))),
                    new CustomField(
                        "600009",
                        null,
                        null,
                        List.of(
                            new FieldValue(
                                "{\"catalog_element_id\":\"2\",\"catalog_id\":\"1\"}",
                                null,
                                null))),
                    new CustomField(
                        "600003", null, "Source", List.of(new FieldValue("Site", "700001", null)))),
                List.of(new Tag("482205", "vip")),
                List.of(
                    new EntityRef(EntityType.CONTACT, "42"),
                    new EntityRef(EntityType.CONTACT, "41"),
                    new EntityRef(EntityType.COMPANY, "77"))));
    assertThat(page.unreadable()).isEqualTo(2);
    assertThat(page.more()).isTrue();
    assertThat(asked())
        .isEqualTo(
            API
                + "/leads?with=contacts&filter%5Bupdated_at%5D%5Bfrom%5D=1748268669"
                + "&order%5Bupdated_at%5D=asc&limit=250&page=3");
  }

  @Test
  void readsAContactWithItsCompanyAndLeads() throws Exception {
    fixture.kommo.answer(
        200,
        """
        {"_embedded":{"contacts":[{"id":42,"name":"Ann","updated_at":1748268669,"custom_fields_values":null,
          "_embedded":{"tags":[],"companies":[{"id":77}],"leads":[{"id":100},{"id":101}]}}]}}
        """);

    Card card =
        await(inventory.readCards(fixture.account(), EntityType.CONTACT, Instant.EPOCH, 1))
            .value()
            .items()
            .get(0);

    assertThat(card.fields())
        .containsEntry("type", "contact")
        .containsEntry("linked_company_id", "77");
    assertThat(card.customFields()).isEmpty();
    assertThat(card.links())
        .containsExactly(
            new EntityRef(EntityType.COMPANY, "77"),
            new EntityRef(EntityType.LEAD, "100"),
            new EntityRef(EntityType.LEAD, "101"));
    assertThat(asked()).contains("/contacts?with=leads&");
  }

  @Test
  void nothingThereIsAnEmptyPageAndNoFailure() throws Exception {
    fixture.kommo.answer(204, "");

    Page<Card> page =
        await(inventory.readCards(fixture.account(), EntityType.COMPANY, Instant.EPOCH, 1)).value();

    assertThat(page).isEqualTo(new Page<Card>(List.of(), 0, false));
  }

  @Test
  void refusesWhatCannotBeListed() throws Exception {
    CrmFailure task =
        await(inventory.readCards(fixture.account(), EntityType.TASK, Instant.EPOCH, 1)).failure();
    CrmFailure page = await(inventory.readUsers(fixture.account(), 0)).failure();

    assertThat(task.kind()).isEqualTo(CrmFailure.Kind.INVALID);
    assertThat(task.detail()).contains("TASK");
    assertThat(page.detail()).contains("pages count from 1");
    assertThat(fixture.kommo.requests()).isEmpty();
  }

  @Test
  void tooManyRequestsSayHowLongToWait() throws Exception {
    fixture.kommo.answer(429, "{\"title\":\"Too Many Requests\",\"retry_after\":7}");

    CrmFailure failure = await(inventory.readPipelines(fixture.account())).failure();

    assertThat(failure.kind()).isEqualTo(CrmFailure.Kind.TOO_MANY_REQUESTS);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  private String asked() {
    return fixture.kommo.requests().get(0).call();
  }
}
