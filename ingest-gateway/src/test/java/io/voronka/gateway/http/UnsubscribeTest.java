package io.voronka.gateway.http;

import static io.voronka.gateway.testing.ServerFixture.SEAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.crm.secrets.UnsubscribeSeal;
import io.voronka.connectors.crm.secrets.Unsubscription;
import io.voronka.gateway.accept.OutgoingRecord;
import io.voronka.gateway.deliver.Outbox;
import io.voronka.gateway.testing.Accounts;
import io.voronka.gateway.testing.InMemoryLog;
import io.voronka.gateway.testing.ServerFixture;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.OptOutRow;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail's link, as people, mail programs and scanners follow it. */
final class UnsubscribeTest {
  private static final Unsubscription WHOM =
      new Unsubscription("acme", "main", "7", "Client@Example.com", "action-1");
  private static final String LINK = "/unsubscribe/" + SEAL.seal(WHOM);

  @TempDir private Path directory;
  private ServerFixture server;

  @BeforeEach
  void start() throws Exception {
    Accounts accounts = Accounts.complete("t0ken-of-acme", Accounts.ACME);
    server = ServerFixture.start(directory, new InMemoryLog(), accounts);
    await().until(() -> server.mode() == Outbox.Mode.DIRECT);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void lookingAtTheLinkOnlyAsks() {
    HttpResponse<String> page = server.send("GET", LINK, "");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Отписаться", "Unsubscribe", "<form method=\"post\">");
    assertThat(page.headers().firstValue("referrer-policy")).contains("no-referrer");
    assertThat(server.send("HEAD", LINK, "").statusCode()).isEqualTo(200);
    assertThat(heard()).isEmpty();
  }

  @Test
  void oneClickOfAMailProgramOptsContactAndAddressOut() {
    HttpResponse<String> answer = server.send("POST", LINK, "List-Unsubscribe=One-Click");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Вы отписаны", "Unsubscribed");
    assertThat(keys()).containsExactly("acme|contact:main/7", "acme|mail:client@example.com");
    assertThat(heard()).extracting(OptOutRow::getWay).containsOnly("link");
    assertThat(heard()).extracting(OptOutRow::getCause).containsOnly("action-1");
    assertThat(heard()).extracting(OptOutRow::getUndone).containsOnly(false);
  }

  @Test
  void aLinkThatWeHaveNotMadeDoesNothing() {
    String foreign = UnsubscribeSeal.with(List.of("somebody-elses-secret")).seal(WHOM);

    assertThat(server.send("POST", "/unsubscribe/" + foreign, "").statusCode()).isEqualTo(404);
    assertThat(server.send("POST", LINK + "A", "").statusCode()).isEqualTo(404);
    assertThat(server.send("GET", "/unsubscribe/", "").body()).contains("does not work");
    assertThat(heard()).isEmpty();
    assertThat(server.refused("unknown-token")).isEqualTo(3);
  }

  @Test
  void onlyAPostOfAReasonableSizeIsTaken() {
    assertThat(server.send("PUT", LINK, "").statusCode()).isEqualTo(405);
    assertThat(server.send("POST", LINK, "x".repeat(4000)).statusCode()).isEqualTo(200);
    assertThat(heard()).hasSize(2);
  }

  private List<OptOutRow> heard() {
    RecordCodec<ControlChange> codec = RecordCodec.of(ControlChange.class);
    return records().stream().map(record -> codec.decode(record.value()).getOptOut()).toList();
  }

  private List<String> keys() {
    return records().stream().map(OutgoingRecord::key).toList();
  }

  private List<OutgoingRecord> records() {
    return server.log.events().stream()
        .filter(record -> record.topic().equals(Topics.OPT_OUTS_HEARD))
        .toList();
  }
}
