package io.voronka.infra.sandbox.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.infra.sandbox.faults.Fault;
import io.voronka.infra.sandbox.ledger.LedgerEntry;
import io.voronka.infra.sandbox.ledger.Side;
import io.voronka.infra.sandbox.testing.SandboxWorld;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailReceiverTest {
  private static final String MAIL =
      """
      From: Sales <sales@acme.test>\r
      Message-ID: <1@acme.test>\r
      Subject: =?UTF-8?B?0J/RgNC40LLQtdGC?=\r
      List-Unsubscribe: <https://acme.test/u>,\r
       <mailto:u@acme.test>\r
      Content-Type: text/plain; charset=UTF-8\r
      Content-Transfer-Encoding: base64\r
      \r
      0J/RgNC40LLQtdGC\r
      """;

  @TempDir Path data;
  private SandboxWorld world;

  @BeforeEach
  void open() throws IOException {
    world = SandboxWorld.open(data);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aMailIsALineOfTheLedgerThatOutlivesARestart() throws IOException {
    assertThat(deliver("anna@example.test")).startsWith("250");
    world.close();
    world = SandboxWorld.reopen(data);

    LedgerEntry line = world.client().ledger(0).lines().get(0);
    assertThat(line.side()).isEqualTo(Side.MAIL);
    assertThat(line.account()).isEqualTo("anna@example.test");
    assertThat(line.kind()).isEqualTo("send_email");
    assertThat(line.entity()).isEqualTo("mail/<1@acme.test>");
    assertThat(line.applied()).isTrue();
    assertThat(line.body().path("subject").asText()).isEqualTo("Привет");
    assertThat(line.body().path("text").asText().strip()).isEqualTo("Привет");
    assertThat(line.body().path("headers").path("list-unsubscribe").asText())
        .isEqualTo("<https://acme.test/u>, <mailto:u@acme.test>");
  }

  @Test
  void aSwitchBouncesOneRecipient() throws IOException {
    world.client().fault(fault("gone@example.test", "RCPT", 550, null));

    assertThat(deliver("gone@example.test")).startsWith("550");
    assertThat(deliver("anna@example.test")).startsWith("250");
    assertThat(world.client().ledger(0).lines())
        .extracting(LedgerEntry::status, LedgerEntry::applied)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(550, false),
            org.assertj.core.api.Assertions.tuple(250, true));
  }

  @Test
  void aMailCanBeTakenAndItsSenderNotTold() {
    world.client().fault(fault(null, "DATA", null, Fault.Drop.AFTER));

    assertThatThrownBy(() -> deliver("anna@example.test")).isInstanceOf(IOException.class);
    assertThat(world.client().ledger(0).lines())
        .singleElement()
        .satisfies(line -> assertThat(line.applied()).isTrue());
  }

  private static Fault fault(String recipient, String method, Integer status, Fault.Drop drop) {
    return new Fault(recipient, method, null, 1, null, null, null, status, null, Map.of(), drop);
  }

  /** The answer to the recipient when it is a no, else the answer to the mail. */
  private String deliver(String recipient) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), world.smtpPort());
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      answer(in);
      say(socket, in, "HELO test");
      say(socket, in, "MAIL FROM:<sales@acme.test>");
      String taken = say(socket, in, "RCPT TO:<" + recipient + ">");
      if (!taken.startsWith("250")) {
        return taken;
      }
      say(socket, in, "DATA");
      return say(socket, in, MAIL + ".");
    }
  }

  private static String say(Socket socket, BufferedReader in, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    return answer(in);
  }

  private static String answer(BufferedReader in) throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("hung up");
    }
    return line;
  }
}
