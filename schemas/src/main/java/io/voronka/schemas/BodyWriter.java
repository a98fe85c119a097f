package io.voronka.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.Encoder;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary encoding into one growing buffer. Avro's own encoder makes an array of each text
 * and copies everything once more on its way out. Reused: one belongs to one thread.
 */
final class BodyWriter extends Encoder {
  private byte[] bytes = new byte[1024];
  private int size;

  /** Begins with another record, behind these bytes. */
  void begin(byte[] header) {
    System.arraycopy(header, 0, bytes, 0, header.length);
    size = header.length;
  }

  byte[] written() {
    return Arrays.copyOf(bytes, size);
  }

  @Override
  public void writeNull() {}

  @Override
  public void writeBoolean(boolean value) {
    room(1);
    bytes[size++] = (byte) (value ? 1 : 0);
  }

  @Override
  public void writeInt(int value) {
    writeLong(value);
  }

  @Override
  public void writeLong(long value) {
    room(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  @Override
  public void writeFloat(float value) {
    little(Float.floatToRawIntBits(value), Float.BYTES);
  }

  @Override
  public void writeDouble(double value) {
    little(Double.doubleToRawLongBits(value), Double.BYTES);
  }

  @Override
  public void writeString(String text) {
    int length = text.length();
    int start = size;
    writeLong(length);
    room(length);
    int to = size;
    for (int i = 0; i < length; i++) {
      char letter = text.charAt(i);
      if (letter >= 0x80) {
        size = start;
        byte[] letters = text.getBytes(StandardCharsets.UTF_8);
        writeBytes(letters, 0, letters.length);
        return;
      }
      bytes[to++] = (byte) letter;
    }
    size = to;
  }

  @Override
  public void writeString(Utf8 text) {
    writeBytes(text.getBytes(), 0, text.getByteLength());
  }

  @Override
  public void writeBytes(ByteBuffer value) {
    int length = value.remaining();
    writeLong(length);
    room(length);
    value.duplicate().get(bytes, size, length);
    size += length;
  }

  @Override
  public void writeBytes(byte[] value, int from, int length) {
    writeLong(length);
    writeFixed(value, from, length);
  }

  @Override
  public void writeFixed(byte[] value, int from, int length) {
    room(length);
    System.arraycopy(value, from, bytes, size, length);
    size += length;
  }

  @Override
  public void writeEnum(int place) {
    writeLong(place);
  }

  @Override
  public void writeArrayStart() {}

  @Override
  public void setItemCount(long count) {
    if (count > 0) {
      writeLong(count);
    }
  }

  @Override
  public void startItem() {}

  @Override
  public void writeArrayEnd() {
    writeLong(0);
  }

  @Override
  public void writeMapStart() {}

  @Override
  public void writeMapEnd() {
    writeLong(0);
  }

  @Override
  public void writeIndex(int place) {
    writeLong(place);
  }

  @Override
  public void flush() {}

  private void little(long bits, int length) {
    room(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) (bits >>> (8 * i));
    }
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
