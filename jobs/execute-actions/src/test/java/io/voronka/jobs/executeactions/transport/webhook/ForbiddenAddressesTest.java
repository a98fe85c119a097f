package io.voronka.jobs.executeactions.transport.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.jobs.executeactions.transport.address.AddressGuard;
import io.voronka.jobs.executeactions.transport.address.AddressRange;
import io.voronka.jobs.executeactions.transport.address.AllowedHost;
import io.voronka.jobs.executeactions.transport.address.Lookup;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CallWebhook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where a tenant's webhook cannot be made to go. A server listens on this machine, and hears
 * nothing.
 */
final class ForbiddenAddressesTest {
  private static final List<AddressRange> NOTHING = List.of();
  private static final List<AddressRange> SANDBOX = List.of(AddressRange.parse("127.0.0.1/32"));

  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> paths = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            paths.add(exchange.getRequestURI().toString());
            heard.add(exchange.getRequestHeaders().getFirst("Host"));
            boolean moved = exchange.getRequestURI().getPath().equals("/moved");
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + port() + "/inside");
            exchange.sendResponseHeaders(moved ? 307 : 200, -1);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    // This machine, in every way to write it
    "http://127.0.0.1/,                         ADDRESS_LOOPBACK",
    "http://127.9.9.9:PORT/,                    ADDRESS_LOOPBACK",
    "http://localhost:PORT/,                    ADDRESS_LOOPBACK",
    "http://[::1]:PORT/,                        ADDRESS_LOOPBACK",
    "http://[::ffff:127.0.0.1]:PORT/,           ADDRESS_LOOPBACK",
    "http://[::ffff:7f00:1]:PORT/,              ADDRESS_LOOPBACK",
    "http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/,   ADDRESS_LOOPBACK",
    "http://2130706433:PORT/,                   HOST_FORM_NOT_ALLOWED",
    "http://017700000001:PORT/,                 HOST_FORM_NOT_ALLOWED",
    "http://0177.0.0.1:PORT/,                   HOST_FORM_NOT_ALLOWED",
    "http://127.0.0.01:PORT/,                   HOST_FORM_NOT_ALLOWED",
    "http://0x7f000001:PORT/,                   HOST_FORM_NOT_ALLOWED",
    "http://0x7f.0.0.1:PORT/,                   HOST_FORM_NOT_ALLOWED",
    "http://127.0.0.0x1:PORT/,                  HOST_FORM_NOT_ALLOWED",
    "http://127.1:PORT/,                        HOST_FORM_NOT_ALLOWED",
    "http://127.0.1:PORT/,                      HOST_FORM_NOT_ALLOWED",
    "http://999.1.1.1:PORT/,                    HOST_FORM_NOT_ALLOWED",
    "http://127.0.0.1.:PORT/,                   HOST_FORM_NOT_ALLOWED",
    "http://localhost.:PORT/,                   HOST_FORM_NOT_ALLOWED",
    "http://１２７.0.0.1:PORT/,                  HOST_FORM_NOT_ALLOWED",
    "http://127。0。0。1:PORT/,                 HOST_FORM_NOT_ALLOWED",
    "http://%31%32%37.0.0.1:PORT/,              HOST_FORM_NOT_ALLOWED",
    "http://[::127.0.0.1]:PORT/,                ADDRESS_TRANSLATED",
    // Its neighbours
    "http://10.1.2.3/,                          ADDRESS_PRIVATE",
    "http://172.16.9.9/,                        ADDRESS_PRIVATE",
    "http://172.31.255.255/,                    ADDRESS_PRIVATE",
    "http://192.168.0.1/,                       ADDRESS_PRIVATE",
    "http://[fd12:3456::1]/,                    ADDRESS_PRIVATE",
    "http://[fec0::1]/,                         ADDRESS_PRIVATE",
    "http://[::ffff:10.0.0.1]/,                 ADDRESS_PRIVATE",
    "http://100.64.0.1/,                        ADDRESS_OF_CARRIER",
    "http://100.127.255.254/,                   ADDRESS_OF_CARRIER",
    "http://169.254.1.1/,                       ADDRESS_LINK_LOCAL",
    "http://[fe80::1]/,                         ADDRESS_LINK_LOCAL",
    "http://[febf::1]/,                         ADDRESS_LINK_LOCAL",
    // What a cloud tells a machine about itself
    "http://169.254.169.254/latest/meta-data,   ADDRESS_METADATA",
    "http://[::ffff:169.254.169.254]/,          ADDRESS_METADATA",
    "http://169.254.170.2/v2/credentials,       ADDRESS_METADATA",
    "http://100.100.100.200/,                   ADDRESS_METADATA",
    "http://[fd00:ec2::254]/,                   ADDRESS_METADATA",
    "http://0xA9FEA9FE/,                        HOST_FORM_NOT_ALLOWED",
    // No place, or more than one
    "http://0.0.0.0:PORT/,                      ADDRESS_UNSPECIFIED",
    "http://0.1.2.3/,                           ADDRESS_UNSPECIFIED",
    "http://[::]:PORT/,                         ADDRESS_UNSPECIFIED",
    "http://224.0.0.1/,                         ADDRESS_MULTICAST",
    "http://239.255.255.250/,                   ADDRESS_MULTICAST",
    "http://[ff02::1]/,                         ADDRESS_MULTICAST",
    "http://255.255.255.255/,                   ADDRESS_RESERVED",
    "http://240.0.0.1/,                         ADDRESS_RESERVED",
    "http://192.0.2.1/,                         ADDRESS_RESERVED",
    "http://198.18.0.1/,                        ADDRESS_RESERVED",
    "http://[2001:db8::1]/,                     ADDRESS_RESERVED",
    "http://[100::1]/,                          ADDRESS_RESERVED",
    "http://[4000::1]/,                         ADDRESS_RESERVED",
    // IPv4 inside of IPv6
    "http://[64:ff9b::7f00:1]/,                 ADDRESS_TRANSLATED",
    "http://[64:ff9b::8.8.8.8]/,                ADDRESS_TRANSLATED",
    "http://[64:ff9b:1::a00:1]/,                ADDRESS_TRANSLATED",
    "http://[2002:7f00:1::]/,                   ADDRESS_TRANSLATED",
    "http://[2001:0:53aa:64c::1]/,              ADDRESS_TRANSLATED",
    "http://192.88.99.1/,                       ADDRESS_TRANSLATED",
    // Texts that programs read in different ways
    "http://user:secret@example.com/,           USER_INFO_NOT_ALLOWED",
    "http://example.com@127.0.0.1:PORT/,        USER_INFO_NOT_ALLOWED",
    "http://127.0.0.1:PORT@example.com/,        USER_INFO_NOT_ALLOWED",
    "http://example.com\\@127.0.0.1/,          URL_INVALID",
    "http://exa mple.com/,                      URL_INVALID",
    "http:///path,                              URL_INVALID",
    "http://,                                   URL_INVALID",
    "http://example.com:99999/,                 URL_INVALID",
    "http://[::1/,                              URL_INVALID",
    "http://я:secret@пример.рф/,                USER_INFO_NOT_ALLOWED",
    "http://пример..рф/,                        HOST_FORM_NOT_ALLOWED",
    "http://ｌocalhost:PORT/,                    ADDRESS_LOOPBACK",
    "http://-example.com/,                      HOST_FORM_NOT_ALLOWED",
    "http://a..b/,                              HOST_FORM_NOT_ALLOWED",
    "ftp://example.com/,                        SCHEME_NOT_ALLOWED",
    "file:///etc/passwd,                        SCHEME_NOT_ALLOWED",
    "gopher://127.0.0.1/,                       SCHEME_NOT_ALLOWED",
    "//127.0.0.1/,                              SCHEME_NOT_ALLOWED",
    "example.com,                               SCHEME_NOT_ALLOWED",
  })
  void isRefusedWithItsReason(String url, Reason reason) throws Exception {
    SendResult result = send(url.replace("PORT", "" + port()), NOTHING, InetAddress::getAllByName);

    assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.FORBIDDEN);
    assertThat(result.reason()).as("%s", result).isEqualTo(reason);
    assertThat(result.detail()).isNotBlank();
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7,                  ADDRESS_PRIVATE",
    "169.254.169.254,           ADDRESS_METADATA",
    "'93.184.216.34,127.0.0.1', ADDRESS_LOOPBACK",
    "'2606:2800::1,::1',        ADDRESS_LOOPBACK",
  })
  void aNameIsRefusedForAnyOfItsAddresses(String addresses, Reason reason) throws Exception {
    SendResult result =
        send("http://inside.example:" + port() + "/", NOTHING, answers(addresses.split(",")));

    assertThat(result.kind()).isEqualTo(SendResult.Kind.FORBIDDEN);
    assertThat(result.reason()).isEqualTo(reason);
    assertThat(result.detail()).startsWith("inside.example is at ");
    assertThat(heard).isEmpty();
  }

  /** The first answer is allowed and checked, the second would be this machine. */
  @Test
  void aNameThatMovesAfterTheCheckIsCalledWhereItWasCheckedAndThenRefused() throws Exception {
    // Nobody is there: the loopback network is large, and the server has one address of it.
    List<AddressRange> elsewhere = List.of(AddressRange.parse("127.0.0.99/32"));
    Lookup rebinding = answersInTurn("127.0.0.99", "127.0.0.1", "127.0.0.1");
    String url = "http://rebinding.example:" + port() + "/";

    SendResult first = send(url, elsewhere, rebinding);
    SendResult second = send(url, elsewhere, rebinding);

    assertThat(first.reason()).isEqualTo(Reason.CONNECTION_REFUSED);
    assertThat(second.kind()).isEqualTo(SendResult.Kind.FORBIDDEN);
    assertThat(second.reason()).isEqualTo(Reason.ADDRESS_LOOPBACK);
    assertThat(heard).isEmpty();
  }

  @Test
  void aConnectionIsMadeToTheCheckedAddressAndToNoOtherOfThatName() throws Exception {
    // No resolver of this machine knows the name: whoever asked it again would not get there.
    SendResult result = send("http://hooks.invalid:" + port() + "/", SANDBOX, answers("127.0.0.1"));

    assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.DONE);
    assertThat(heard).containsExactly("hooks.invalid:" + port());
  }

  @Test
  void aNameOfAnotherAlphabetIsLookedUpAndCalledInAscii() throws Exception {
    SendResult result =
        send("http://хуки.рф:" + port() + "/в?дом=я", SANDBOX, answersTo("xn--h1ad0ah.xn--p1ai"));

    assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.DONE);
    assertThat(heard).containsExactly("xn--h1ad0ah.xn--p1ai:" + port());
    assertThat(paths).containsExactly("/%D0%B2?%D0%B4%D0%BE%D0%BC=%D1%8F");
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    SendResult result =
        send("http://127.0.0.1:" + port() + "/moved", SANDBOX, InetAddress::getAllByName);

    assertThat(result.kind()).isEqualTo(SendResult.Kind.DENIED);
    assertThat(result.reason()).isEqualTo(Reason.REDIRECTED);
    assertThat(heard).hasSize(1);
  }

  @Test
  void whatTheOperatorAllowsIsCalledAndNothingBesides() throws Exception {
    String here = "http://127.0.0.1:" + port() + "/";
    String next = "http://127.0.0.2:" + port() + "/";

    assertThat(send(here, SANDBOX, InetAddress::getAllByName).kind())
        .isEqualTo(SendResult.Kind.DONE);
    assertThat(send(next, SANDBOX, InetAddress::getAllByName).reason())
        .isEqualTo(Reason.ADDRESS_LOOPBACK);
  }

  @ParameterizedTest
  @CsvSource({
    "http://hooks.example.com/in,       93.184.216.34",
    "https://hooks.example.com:8443/in, 2606:2800:220:1::1",
    "http://xn--e1afmkfd.xn--p1ai/,     100.128.0.1",
    "http://a-b.example.com/?a=b#c,     172.32.0.1",
    "http://93.184.216.34/,             93.184.216.34",
    "http://[2606:2800:220:1::1]/,      2606:2800:220:1::1",
    "http://x1.example/,                192.0.1.1",
  })
  void thePublicInternetIsNotForbidden(String url, String address) throws Exception {
    assertThat(WebhookUrl.problemOf(url)).isEmpty();
    assertThat(new AddressGuard(NOTHING).refusal(InetAddress.getByName(address))).isEmpty();
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private static SendResult send(String url, List<AddressRange> allowed, Lookup lookup)
      throws Exception {
    ActionRequested request =
        Requests.builder(ActionKind.WEBHOOK, "a")
            .setWebhook(new CallWebhook(url, Map.of(), "application/json", "{}", null))
            .build();
    try (WebhookTransport transport =
        WebhookTransport.start(
            new WebhookLimits(Duration.ofSeconds(2), Duration.ofSeconds(5), 1000, 1000),
            new AllowedHost(lookup, new AddressGuard(allowed)),
            new Secrets(name -> null),
            Clock.systemUTC())) {
      return transport
          .send(request, Means.of(null, null))
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    }
  }

  private static Lookup answers(String... addresses) {
    return host ->
        Arrays.stream(addresses).map(ForbiddenAddressesTest::literal).toArray(InetAddress[]::new);
  }

  private static Lookup answersTo(String name) {
    return host -> {
      if (!host.equals(name)) {
        throw new UnknownHostException(host);
      }
      return new InetAddress[] {literal("127.0.0.1")};
    };
  }

  private static Lookup answersInTurn(String... addresses) {
    Deque<InetAddress> left = new ArrayDeque<>();
    Arrays.stream(addresses).map(ForbiddenAddressesTest::literal).forEach(left::add);
    return host -> new InetAddress[] {left.remove()};
  }

  private static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }
}
