package io.voronka.infra.local.bench.load;

import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** Collects the bytes of one HTTP/1.1 answer with a content length. */
final class Answer {
  private static final int LARGEST = 16 << 10;
  private static final byte[] LENGTH =
      "content-length:".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int SHORTEST = STATUS_AT + 3;

  private final byte[] bytes = new byte[LARGEST];
  private int length;
  private int scanned;
  private int end = -1;

  /** Forgets everything, for the next answer on the connection. */
  void clear() {
    length = 0;
    scanned = 0;
    end = -1;
  }

  /**
   * Takes what has arrived.
   *
   * @return whether the answer is complete
   * @throws ProtocolException when it is no such answer, or more than one
   */
  boolean take(ByteBuffer arrived) throws ProtocolException {
    if (arrived.remaining() > bytes.length - length) {
      throw new ProtocolException("an answer of more than " + bytes.length + " bytes");
    }
    int count = arrived.remaining();
    arrived.get(bytes, length, count);
    length += count;
    if (end < 0) {
      findEnd();
    }
    if (end >= 0 && length > end) {
      throw new ProtocolException("more bytes than one answer has");
    }
    return length == end;
  }

  /** Status code of a complete answer. */
  int status() {
    int code = 0;
    for (int at = STATUS_AT; at < SHORTEST; at++) {
      code = code * 10 + bytes[at] - '0';
    }
    return code;
  }

  private void findEnd() throws ProtocolException {
    for (int at = Math.max(0, scanned - 3); at + 3 < length; at++) {
      if (bytes[at] == '\r'
          && bytes[at + 1] == '\n'
          && bytes[at + 2] == '\r'
          && bytes[at + 3] == '\n') {
        if (at < SHORTEST) {
          throw new ProtocolException("no status line");
        }
        end = at + 4 + contentLength(at);
        return;
      }
    }
    scanned = length;
  }

  private int contentLength(int headersEnd) throws ProtocolException {
    for (int at = 0; at < headersEnd; at++) {
      if (bytes[at] == '\n' && startsWithLength(at + 1, headersEnd)) {
        int value = 0;
        for (int digit = at + 1 + LENGTH.length; digit < headersEnd; digit++) {
          if (bytes[digit] >= '0' && bytes[digit] <= '9') {
            value = value * 10 + bytes[digit] - '0';
          } else if (bytes[digit] != ' ') {
            break;
          }
        }
        return value;
      }
    }
    throw new ProtocolException("an answer without a content length");
  }

  private boolean startsWithLength(int at, int headersEnd) {
    if (at + LENGTH.length > headersEnd) {
      return false;
    }
    for (int i = 0; i < LENGTH.length; i++) {
      byte here = bytes[at + i];
      byte lower = here >= 'A' && here <= 'Z' ? (byte) (here + 32) : here;
      if (lower != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }
}
