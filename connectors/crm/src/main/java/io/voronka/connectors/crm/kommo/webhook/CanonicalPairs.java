package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;
import io.voronka.schemas.StableId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** A hash over all pairs of an entity that does not depend on their order. */
final class CanonicalPairs {
  private static final Comparator<FormNode> BY_NAME = Comparator.comparing(FormNode::name);
  private static final byte TEXT = 1;
  private static final byte OPEN = 2;
  private static final byte CLOSE = 3;

  private byte[] buffer = new byte[1024];
  private int length;

  private CanonicalPairs() {}

  /** 32 hex digits. Numbered children of the entity itself are other entities and do not count. */
  static String hash(FormNode entity) {
    CanonicalPairs pairs = new CanonicalPairs();
    pairs.children(entity, true);
    return StableId.of(pairs.buffer, pairs.length);
  }

  private void children(FormNode node, boolean namedOnly) {
    FormNode[] sorted = new FormNode[node.size()];
    int count = 0;
    for (int i = 0; i < node.size(); i++) {
      FormNode child = node.childAt(i);
      if (!namedOnly || !child.isIndex()) {
        sorted[count++] = child;
      }
    }
    if (count > 1) {
      Arrays.sort(sorted, 0, count, BY_NAME);
    }
    for (int i = 0; i < count; i++) {
      FormNode child = sorted[i];
      write(OPEN);
      write(child.name());
      if (child.text() != null) {
        write(TEXT);
        write(child.text());
      }
      children(child, false);
      write(CLOSE);
    }
  }

  /** Length first, so that no text can pass for two. */
  private void write(String text) {
    int chars = text.length();
    reserve(chars + Integer.BYTES);
    int start = length;
    length += Integer.BYTES;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        length = start;
        writeUtf8(text.getBytes(StandardCharsets.UTF_8));
        return;
      }
      buffer[length++] = (byte) c;
    }
    writeLength(start, chars);
  }

  private void writeUtf8(byte[] bytes) {
    reserve(bytes.length + Integer.BYTES);
    writeLength(length, bytes.length);
    System.arraycopy(bytes, 0, buffer, length + Integer.BYTES, bytes.length);
    length += Integer.BYTES + bytes.length;
  }

  private void writeLength(int at, int value) {
    buffer[at] = (byte) (value >>> 24);
    buffer[at + 1] = (byte) (value >>> 16);
    buffer[at + 2] = (byte) (value >>> 8);
    buffer[at + 3] = (byte) value;
  }

  private void write(byte mark) {
    reserve(1);
    buffer[length++] = mark;
  }

  private void reserve(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
