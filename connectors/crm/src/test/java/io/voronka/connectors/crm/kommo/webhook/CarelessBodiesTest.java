package io.voronka.connectors.crm.kommo.webhook;

import static io.voronka.connectors.crm.kommo.webhook.Deliveries.decode;
import static io.voronka.connectors.crm.kommo.webhook.Deliveries.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.crm.kommo.webhook.NotUnderstood.Reason;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.WebhookStatus;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies as test tools, old integrations and careless senders write them. */
class CarelessBodiesTest {
  private static final Charset WINDOWS = Charset.forName("windows-1251");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s\n",
        "%s\r\n",
        "\n%s",
        " \t%s ",
        "\uFEFF%s",
        "\uFEFF\r\n%s\r\n",
        "&\n%s&\r\n",
      })
  void blanksAroundABodyAreNoPartOfIt(String around) {
    for (String body :
        List.of(
            Deliveries.GOLDEN,
            "leads[update][0][id]=1&leads[update][1][id]=2",
            "leads[update][0][id]=1&account[id]=31337001",
            "leads[update][0][id]=1&account[subdomain]=acme",
            "{\"leads\":{\"add\":[{\"id\":5}]}}")) {
      Decoded decoded = decode(around.formatted(body));
      if (!body.startsWith("{") || !around.contains("&")) {
        assertThat(decoded).isEqualTo(decode(body));
        assertThat(decoded.status()).isEqualTo(WebhookStatus.ACCEPTED);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", " ", "\uFEFF\n"})
  void aBlankBeforeTheAccountHidesItFromNoCheck(String blank) {
    assertThat(decode(blank + "account[id]=999&leads[add][0][id]=1").rejection())
        .isEqualTo(RejectionReason.ACCOUNT_MISMATCH);
  }

  @Test
  void anAccountWithoutAnIdIsKnownByItsSubdomain() {
    assertThat(decode("account[id]=&account[subdomain]=acme&leads[add][0][id]=1").status())
        .isEqualTo(WebhookStatus.ACCEPTED);
    assertThat(decode("account[id]=&account[subdomain]=other&leads[add][0][id]=1").rejection())
        .isEqualTo(RejectionReason.ACCOUNT_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "leads[update][0][id]=1&leads[update][0][name]=A&leads[update][0][id]=2",
        "leads[update][][id]=1&leads[update][][name]=A&leads[update][][id]=2"
      })
  void whatOverwritesAnotherIsNamed(String body) {
    Decoded decoded = decode(body);

    assertThat(decoded.events()).extracting(CrmEvent::getEntityId).containsExactly("2");
    assertThat(decoded.status()).isEqualTo(WebhookStatus.PARTLY_UNDERSTOOD);
    assertThat(decoded.notUnderstood())
        .extracting(NotUnderstood::reason)
        .containsExactly(Reason.REPEATED_KEY);
    assertThat(decode("leads[add][0][id]=1&leads[add][0][id]=1").status())
        .isEqualTo(WebhookStatus.ACCEPTED);
  }

  @Test
  void anIndexMayBeAnyNumber() {
    assertThat(decode("leads[update][20100501][id]=1&leads[update][0000000][id]=2").events())
        .extracting(CrmEvent::getEntityId)
        .containsExactly("1", "2");
  }

  @Test
  void eachUnnumberedTextIsAnElement() {
    assertThat(decode("leads[delete][][id]=5&leads[delete][]=6&leads[delete][]=7").events())
        .extracting(CrmEvent::getEntityId)
        .containsExactlyInAnyOrder("5", "6", "7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Лёд", "Мёд", "ВІП", "Дім", "Лія", "Встреча"})
  void shortWordsOfAOneByteCharsetAreRead(String word) {
    assertThat(nameOf(null, word.getBytes(WINDOWS))).isEqualTo(word);
    assertThat(
            nameOf(
                "application/x-www-form-urlencoded; charset=windows-1251", word.getBytes(WINDOWS)))
        .isEqualTo(word);
    assertThat(
            nameOf(
                "application/x-www-form-urlencoded; charset=windows-1251",
                word.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(word);
  }

  @Test
  void aWordThatIsCutInsideALetterIsReadAsItsNeighboursAre() {
    byte[] cut = Arrays.copyOf("Hello П".getBytes(StandardCharsets.UTF_8), 7);

    assertThat(nameOf(null, cut, "&leads[add][0][x]=Привет".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("Hello \uFFFD");
  }

  @Test
  void aFieldWithoutANumberIsAField() {
    assertThat(
            only("leads[add][0][id]=1&leads[add][0][custom_fields][id]=7&leads[add][0][custom_fields][values][0][value]=v")
                .getCustomFields())
        .containsExactly(
            new CustomField("7", null, null, List.of(new FieldValue("v", null, null))));
  }

  @Test
  void linkedLeadsMayBeAPlainList() {
    assertThat(
            only("contacts[update][0][id]=1&contacts[update][0][linked_leads_id][0]=100&contacts[update][0][linked_leads_id][1]=101")
                .getLinks())
        .extracting(EntityRef::getId)
        .containsExactly("100", "101");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "event[type]=&event[type_code]=lead_added&event[data][id]=5~LEAD_CREATED",
        "event[type]=99&event[type_code]=chat&event[data][id]=5~CHAT_STARTED"
      })
  void aTriggerIsKnownByEitherOfItsNames(String body, EventKind kind) {
    assertThat(only(body).getKind()).isEqualTo(kind);
  }

  @Test
  void notesWithOneIdAreToldApartByWhatTheyAre() {
    String note =
        "leads[note][0][note][id]=1&leads[note][0][note][element_id]=5&leads[note][0][note]";

    assertThat(only(note + "[note_type]=4&leads[note][0][note][updated_at]=9").getId())
        .isNotEqualTo(only(note + "[note_type]=5&leads[note][0][note][updated_at]=9").getId());
    assertThat(only(note + "[text]=a").getId()).isNotEqualTo(only(note + "[text]=b").getId());
    assertThat(only(note + "[text]=a").getId()).isEqualTo(only(note + "[text]=a").getId());
  }

  @Test
  void namesOfJsonAreCountedForEachValueBelowThem() {
    String name = "n".repeat(128);
    String body =
        "{\"leads\":{\"add\":[{\"id\":1,"
            + ("\"" + name + "\":{").repeat(10)
            + "\"a\":["
            + "1,".repeat(5_000)
            + "1]"
            + "}".repeat(10)
            + "}]}}";

    assertThat(decode(body).rejection()).isEqualTo(RejectionReason.BROKEN_JSON);
  }

  private static String nameOf(String contentType, byte[]... name) {
    byte[] start = "leads[add][0][id]=1&leads[add][0][name]=".getBytes(StandardCharsets.UTF_8);
    byte[] body = start;
    for (byte[] part : name) {
      int length = body.length;
      body = Arrays.copyOf(body, length + part.length);
      System.arraycopy(part, 0, body, length, part.length);
    }
    return new KommoWebhookDecoder()
        .decode(Deliveries.CONTEXT, body, contentType)
        .events()
        .get(0)
        .getFields()
        .get("name");
  }
}
