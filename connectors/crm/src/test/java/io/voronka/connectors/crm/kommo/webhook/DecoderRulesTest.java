package io.voronka.connectors.crm.kommo.webhook;

import static io.voronka.connectors.crm.kommo.webhook.Deliveries.decode;
import static io.voronka.connectors.crm.kommo.webhook.Deliveries.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.crm.kommo.webhook.NotUnderstood.Reason;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.WebhookStatus;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rejections, tolerance, bounds and ids. */
class DecoderRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "''~EMPTY_BODY",
        "' '~EMPTY_BODY",
        "{\"leads\":~BROKEN_JSON",
        "{\"a\":{\"b\":1}~BROKEN_JSON",
        "account[id]=1&leads[add][0][id]=1~ACCOUNT_MISMATCH",
        "account[subdomain]=other&leads[add][0][id]=1~ACCOUNT_MISMATCH",
        "leads[add][0][id]=1&account[id]=313370010~ACCOUNT_MISMATCH",
        "account[id]=31337001~NOTHING_UNDERSTOOD",
        "hello~NOTHING_UNDERSTOOD",
        "&&&=&~NOTHING_UNDERSTOOD"
      })
  void bodyIsRejectedByName(String body, RejectionReason reason) {
    Decoded decoded = decode(body);

    assertThat(decoded.rejection()).isEqualTo(reason);
    assertThat(decoded.events()).isEmpty();
    assertThat(decoded.status()).isEqualTo(WebhookStatus.REJECTED);
    assertThat(decoded.rejectionLabel()).isEqualTo(reason.label());
    assertThat(decoded.detail()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "leads[add][0][id]=1",
        "account[id]=31337001&leads[add][0][id]=1",
        "account[subdomain]=ACME&leads[add][0][id]=1",
        "account[id]=31337001&account[subdomain]=renamed&leads[add][0][id]=1"
      })
  void ownAccountOrNoneIsAccepted(String body) {
    assertThat(decode(body).status()).isEqualTo(WebhookStatus.ACCEPTED);
  }

  @Test
  void aThousandLeadsInOneBodyAreRead() {
    StringBuilder body = new StringBuilder("account[id]=31337001");
    for (int lead = 0; lead < 1000; lead++) {
      body.append("&leads[update][").append(lead).append("][id]=").append(lead + 1);
      for (char field = 'a'; field < 'y'; field++) {
        body.append("&leads[update][").append(lead).append("][").append(field).append("]=1");
      }
    }
    assertThat(body.length()).isLessThan(900 << 10);

    assertThat(decode(body.toString()).events()).hasSize(1000);
  }

  @Test
  void tooManyPairsAreRejected() {
    String body = "leads[add][0][id]=1&" + "x=1&".repeat(40_000);

    assertThat(decode(body).rejection()).isEqualTo(RejectionReason.TOO_MANY_PAIRS);
    assertThat(decode("{\"x\":[" + "1,".repeat(40_001) + "1]}").rejection())
        .isEqualTo(RejectionReason.BROKEN_JSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "invoices[add][0][id]=1~UNKNOWN_KEY~invoices",
        "action[settings]=1~UNKNOWN_KEY~action",
        "leads[merge][0][id]=1~UNKNOWN_ACTION~leads[merge]",
        "leads=1~UNKNOWN_ACTION~leads",
        "contacts[add][0][id]=1&contacts[add][0][type]=robot~UNKNOWN_TYPE~contacts[add][0]",
        "add[0][id]=1~UNKNOWN_TYPE~add[0]",
        "unsorted[delete][0][uid]=u~UNKNOWN_TYPE~unsorted[delete][0]",
        "event[type]=99&event[data][id]=1~UNKNOWN_TYPE~event",
        "event[type]=14~MISSING_ID~event",
        "leads[add][0][name]=x~MISSING_ID~leads[add][0]",
        "leads[add][0]=1~MISSING_ID~leads[add][0]",
        "leads[add][zero][id]=1~MISSING_ID~leads[add]",
        "leads[add][0][id]=0~BAD_ID~leads[add][0]",
        "leads[delete][0]=12x~BAD_ID~leads[delete][0]",
        "task[delete]=~BAD_ID~task[delete]",
        "message[add][0][id]=a b&message[add][0][chat_id]=c~BAD_ID~message[add][0]",
        "leads[add][1234567890123456789][id]=1~INDEX_TOO_LARGE~leads[add][1234567890123456789]",
        "leads[add][0][0][0][id]=1~NESTED_TOO_DEEP~leads[add][0][0][0]",
        "leads[add[0][id]=1~MALFORMED_KEY~leads[add[0][id]",
        "leads]add[0][id]=1~MALFORMED_KEY~leads]add[0][id]",
        "leads[add][0]id=1~MALFORMED_KEY~leads[add][0]id",
        "[add][0][id]=1~MALFORMED_KEY~[add][0][id]",
        "leads[add][0][id=1~MALFORMED_KEY~leads[add][0][id",
        "a[b][c][d][e][f][g][h][i][j][k][l][m][n][o][p][q]=1~NESTED_TOO_DEEP"
            + "~a[b][c][d][e][f][g][h][i][j][k][l][m][n][o][p][q]"
      })
  void brokenPartIsNamedAndTheRestIsDecoded(String part, Reason reason, String path) {
    Decoded decoded = decode("leads[status][7][id]=77&" + part + "&talk[add][0][talk_id]=5");

    assertThat(decoded.notUnderstood()).containsExactly(new NotUnderstood(reason, path));
    assertThat(decoded.events())
        .containsExactly(only("leads[status][7][id]=77"), only("talk[add][0][talk_id]=5"));
    assertThat(decoded.status()).isEqualTo(WebhookStatus.PARTLY_UNDERSTOOD);
    assertThat(decoded.rejectionLabel()).isEqualTo(reason.label());
  }

  @Test
  void manyBrokenPartsAreCountedAndSomeAreListed() {
    Decoded decoded = decode("leads[add][0][id]=1&" + "[=&".repeat(500) + "b[=1");

    assertThat(decoded.notUnderstoodCount()).isEqualTo(501);
    assertThat(decoded.notUnderstood()).hasSize(Decoded.MAX_LISTED);
    assertThat(decoded.detail()).endsWith("and 451 more");
    assertThat(decoded.events()).hasSize(1);
  }

  @Test
  void indicesNeedNeitherStartAtZeroNorBeContiguous() {
    assertThat(
            decode("leads[update][7][id]=1&leads[update][42][id]=2&leads[update][][id]=3").events())
        .extracting(CrmEvent::getEntityId)
        .containsExactly("1", "2", "3");
  }

  @Test
  void pairsOfAnEntityMayBeScattered() {
    Decoded decoded =
        decode(
            "leads[add][0][id]=1&leads[add][1][id]=2&leads[add][0][name]=a&x=1&leads[add][1][name]=b");

    assertThat(decoded.events())
        .extracting(event -> event.getFields().get("name"))
        .containsExactly("a", "b");
  }

  @Test
  void encodedAndPlainBracketsMayBeMixed() {
    assertThat(only("leads%5badd][0%5D%5Bid]=1&leads[add%5d[0][name]=x").getFields())
        .containsEntry("id", "1")
        .containsEntry("name", "x");
  }

  @Test
  void brokenEscapesStayAsTheyAre() {
    assertThat(only("leads[add][0][id]=1&leads[add][0][name]=100%+%zz%4").getFields())
        .containsEntry("name", "100% %zz%4");
  }

  @Test
  void retryGivesTheSameIdInAnyOrderAndCompany() {
    String lead =
        "leads[update][%d][id]=1&leads[update][%d][last_modified]=1725530000&leads[update][%d][name]=x";
    String reordered =
        "leads[update][3][name]=x&leads[update][3][id]=1&leads[update][3][last_modified]=1725530000";

    String first = only(lead.replace("%d", "0")).getId();

    assertThat(only(reordered).getId()).isEqualTo(first);
    assertThat(decode("leads[update][0][id]=9&" + reordered).events())
        .extracting(CrmEvent::getId)
        .contains(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "leads[update][0][id]=1&leads[update][0][name]=x~leads[update][0][id]=1&leads[update][0][name]=y",
        "leads[update][0][id]=1~leads[status][0][id]=1",
        "leads[add][0][id]=1~contacts[add][0][id]=1",
        "leads[add][0][id]=1~leads[add][0][id]=2",
        "message[add][0][id]=1~outgoing_message[add][0][id]=1",
        "talk[update][0][talk_id]=1&talk[update][0][is_in_work]=1~talk[update][0][talk_id]=1&talk[update][0][is_in_work]=0",
        "task[update][0][id]=1&task[update][0][action_close]=1~task[update][0][id]=1&task[update][0][result][id]=7",
        "unsorted[delete][0][uid]=u&unsorted[delete][0][action]=accept~unsorted[delete][0][uid]=u&unsorted[delete][0][action]=decline"
      })
  void differentHappeningsHaveDifferentIds(String one, String other) {
    assertThat(only(one).getId()).isNotEqualTo(only(other).getId()).hasSize(32);
  }

  @Test
  void messageKeepsItsIdWhateverElseTheVendorSends() {
    assertThat(only("message[add][0][id]=m&message[add][0][text]=a").getId())
        .isEqualTo(
            only("message[add][0][id]=m&message[add][0][text]=a&message[add][0][x]=1").getId());
  }

  @Test
  void sameEntityOfAnotherAccountHasAnotherId() {
    DeliveryContext other =
        new DeliveryContext("acme-gmbh", "acme-2", "31337001", "acme", 1, "wh-2", "gw-1");
    byte[] body = "message[add][0][id]=m".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    KommoWebhookDecoder decoder = new KommoWebhookDecoder();

    assertThat(decoder.decode(other, body, null).events().get(0).getId())
        .isNotEqualTo(decoder.decode(Deliveries.CONTEXT, body, null).events().get(0).getId());
  }

  @Test
  void eventsSurviveTheirSchema() throws Exception {
    for (CrmEvent event : List.of(only(Deliveries.GOLDEN), only("leads[delete]=5"))) {
      assertThat(CrmEvent.fromByteBuffer(event.toByteBuffer())).isEqualTo(event);
    }
  }

  @Test
  void hostileBodiesCostLittle() {
    StringBuilder links = new StringBuilder("contacts[add][0][id]=1");
    StringBuilder appended = new StringBuilder("leads[add][0][id]=1");
    for (int i = 0; i < 9_999; i++) {
      links
          .append("&contacts[add][0][linked_leads_id][")
          .append(i + 1)
          .append("][ID]=")
          .append(i + 1);
      appended.append("&a[").append(10_000 + i).append("]=1&a[]=1");
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();

    assertThat(decode(links.toString()).events().get(0).getLinks()).hasSize(9_999);
    assertThat(decode(appended.toString()).events()).hasSize(1);

    assertThat(threads.getCurrentThreadCpuTime() - start).isLessThan(2_000_000_000L);
  }
}
