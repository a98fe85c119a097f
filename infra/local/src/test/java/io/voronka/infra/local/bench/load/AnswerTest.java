package io.voronka.infra.local.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final String EMPTY = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
  private static final String REFUSED =
      "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n{\"}\n";

  private final Answer answer = new Answer();

  @Test
  void isCompleteWithItsBody() throws ProtocolException {
    assertThat(answer.take(bytes(REFUSED))).isTrue();
    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void mayArriveInAnyPieces() throws ProtocolException {
    for (String text : new String[] {EMPTY, REFUSED}) {
      for (int cut = 1; cut < text.length(); cut++) {
        answer.clear();
        assertThat(answer.take(bytes(text.substring(0, cut)))).isFalse();
        assertThat(answer.take(bytes(text.substring(cut)))).isTrue();
      }
    }
    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void twoAtOnceAreOneTooMany() {
    assertThatThrownBy(() -> answer.take(bytes(EMPTY + EMPTY)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("more bytes");
  }

  @Test
  void withoutALengthNobodyKnowsItsEnd() {
    assertThatThrownBy(() -> answer.take(bytes("HTTP/1.1 200 OK\r\nx: y\r\n\r\n")))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("content length");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
