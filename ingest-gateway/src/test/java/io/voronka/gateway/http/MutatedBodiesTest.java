package io.voronka.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.testing.kommo.DamagedBodies;
import io.voronka.connectors.testing.kommo.DamagedBodies.Damaged;
import io.voronka.connectors.testing.kommo.KommoBodies;
import io.voronka.connectors.testing.kommo.KommoBody;
import io.voronka.gateway.deliver.Outbox;
import io.voronka.gateway.testing.Accounts;
import io.voronka.gateway.testing.InMemoryLog;
import io.voronka.gateway.testing.ServerFixture;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.WebhookReceived;
import io.voronka.schemas.WebhookStatus;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is in a body, its sender gets a 200, the body is archived byte by byte, once, and its
 * undamaged entities become the same events as ever.
 */
class MutatedBodiesTest {
  private static final String TOKEN = "t0ken-of-acme";
  private static final int MUTATIONS = 100_000;
  private static final int AT_ONCE = 500;
  private static final long SEED = 20_261_125L;

  @TempDir Path directory;
  private final InMemoryLog log = new InMemoryLog();
  private final Map<WebhookStatus, Integer> statuses = new EnumMap<>(WebhookStatus.class);

  /** The event that each entity alone gives, by body and prefix. */
  private final Map<KommoBody, Map<String, CrmEvent>> expected = new HashMap<>();

  private int untouchedChecked;

  @Test
  void everyBodyIsAnsweredAndArchivedAndItsUntouchedEntitiesAreRead() throws Exception {
    Accounts accounts = Accounts.complete(TOKEN, Accounts.ACME);
    try (ServerFixture server = ServerFixture.start(directory, log, accounts);
        Socket socket = server.connect();
        InputStream answers = new BufferedInputStream(socket.getInputStream())) {
      await().until(() -> server.mode() == Outbox.Mode.DIRECT);
      List<KommoBody> bodies = KommoBodies.all();
      for (KommoBody body : bodies) {
        learn(body, server, socket, answers);
      }

      Iterator<Damaged> all = DamagedBodies.of(bodies, MUTATIONS, SEED).iterator();
      while (all.hasNext()) {
        List<Damaged> some = new ArrayList<>();
        while (some.size() < AT_ONCE && all.hasNext()) {
          some.add(all.next());
        }
        send(some.stream().map(Damaged::bytes).toList(), socket, answers);
        check(some, server);
        log.forget();
      }
    }

    System.out.printf(
        "seed %d: %d bodies answered 200 and archived: %s; %d untouched entities read as before%n",
        SEED, MUTATIONS, statuses, untouchedChecked);
    assertThat(statuses.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(MUTATIONS);
    // or the damage was so coarse, or so small, that nothing was proved
    assertThat(statuses)
        .containsOnlyKeys(
            WebhookStatus.ACCEPTED, WebhookStatus.PARTLY_UNDERSTOOD, WebhookStatus.REJECTED);
    assertThat(untouchedChecked).isGreaterThan(2 * MUTATIONS);
  }

  private void learn(KommoBody body, ServerFixture server, Socket socket, InputStream answers)
      throws IOException {
    send(body.entities().stream().map(body::alone).toList(), socket, answers);
    List<CrmEvent> events = server.events();
    assertThat(events).hasSameSizeAs(body.entities());
    Map<String, CrmEvent> byEntity = new HashMap<>();
    for (int i = 0; i < events.size(); i++) {
      byEntity.put(body.entities().get(i), nameless(events.get(i)));
    }
    expected.put(body, byEntity);
    log.forget();
  }

  private void check(List<Damaged> sent, ServerFixture server) {
    List<WebhookReceived> archived = new ArrayList<>(server.archived());
    // One event loop serves the connection, but the order of the ids is what says which is which.
    archived.sort(
        Comparator.comparing(one -> Integer.parseInt(one.getId().substring("webhook-".length()))));
    Map<String, List<CrmEvent>> events =
        server.events().stream().collect(Collectors.groupingBy(CrmEvent::getWebhookId));
    assertThat(archived).hasSameSizeAs(sent);
    for (int i = 0; i < sent.size(); i++) {
      Damaged damaged = sent.get(i);
      WebhookReceived raw = archived.get(i);
      byte[] body = new byte[raw.getBody().remaining()];
      raw.getBody().duplicate().get(body);
      assertThat(body).isEqualTo(damaged.bytes());
      assertThat(raw.getStatus() == WebhookStatus.ACCEPTED)
          .as("%s", damaged)
          .isEqualTo(raw.getRejection() == null);
      statuses.merge(raw.getStatus(), 1, Integer::sum);
      List<CrmEvent> found = events.getOrDefault(raw.getId(), List.of());
      assertThat(raw.getEvents()).isEqualTo(found.size());
      if (!"account-mismatch".equals(raw.getRejection())) {
        checkEntities(damaged, found);
      }
    }
  }

  private void checkEntities(Damaged damaged, List<CrmEvent> found) {
    Map<String, CrmEvent> events = expected.get(damaged.original());
    for (String prefix : damaged.original().untouchedIn(damaged.bytes())) {
      CrmEvent event = events.get(prefix);
      if (event != null) {
        untouchedChecked++;
        assertThat(found.stream().filter(one -> one.getId().equals(event.getId())))
            .as("%s in %s", prefix, damaged)
            .anyMatch(one -> nameless(one).equals(event));
      }
    }
  }

  /** The event without the name of the request that brought it. */
  private static CrmEvent nameless(CrmEvent event) {
    event.setWebhookId("");
    return event;
  }

  /** Writes all requests at once, then reads as many answers, each of which must be a 200. */
  private static void send(List<byte[]> bodies, Socket socket, InputStream answers)
      throws IOException {
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    for (byte[] body : bodies) {
      String head =
          "POST /webhooks/kommo/%s HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: %d\r\n\r\n"
              .formatted(TOKEN, body.length);
      requests.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
      requests.writeBytes(body);
    }
    requests.writeTo(socket.getOutputStream());
    for (int i = 0; i < bodies.size(); i++) {
      String head = head(answers);
      assertThat(head).startsWith("HTTP/1.1 200 ").contains("content-length: 0");
    }
  }

  private static String head(InputStream answers) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = answers.read();
      if (next < 0) {
        throw new AssertionError("closed after " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
