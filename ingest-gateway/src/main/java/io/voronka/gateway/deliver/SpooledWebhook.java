package io.voronka.gateway.deliver;

import io.voronka.gateway.accept.OutgoingRecord;
import io.voronka.gateway.accept.RawWebhook;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a spool entry holds: finished records, so that they keep their ids and bytes however often
 * they are sent, or a raw request whose token could not be judged yet. Exactly one of the two is
 * set.
 */
record SpooledWebhook(List<OutgoingRecord> records, RawWebhook unjudged) {
  private static final int RECORDS = 1;
  private static final int UNJUDGED = 2;

  static byte[] encode(List<OutgoingRecord> records) {
    return bytes(
        RECORDS,
        out -> {
          out.writeInt(records.size());
          for (OutgoingRecord record : records) {
            out.writeUTF(record.topic());
            writeBytes(out, record.key().getBytes(StandardCharsets.UTF_8));
            out.writeLong(record.timestamp());
            writeBytes(out, record.value());
          }
        });
  }

  static byte[] encode(RawWebhook webhook) {
    return bytes(
        UNJUDGED,
        out -> {
          out.writeUTF(webhook.id());
          out.writeUTF(webhook.tokenSha256());
          out.writeLong(webhook.receivedAt());
          out.writeUTF(webhook.method());
          out.writeUTF(webhook.path());
          out.writeInt(webhook.headers().size());
          for (Map.Entry<String, String> header : webhook.headers().entrySet()) {
            out.writeUTF(header.getKey());
            out.writeUTF(header.getValue());
          }
          writeBytes(out, webhook.body());
        });
  }

  /**
   * @throws IOException when the payload was written by a build that this one does not understand
   */
  static SpooledWebhook decode(byte[] payload) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload));
    int kind = in.readUnsignedByte();
    return switch (kind) {
      case RECORDS -> new SpooledWebhook(readRecords(in), null);
      case UNJUDGED -> new SpooledWebhook(List.of(), readUnjudged(in));
      default -> throw new IOException("spool entry of unknown kind " + kind);
    };
  }

  private static List<OutgoingRecord> readRecords(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<OutgoingRecord> records = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      String topic = in.readUTF();
      String key = new String(readBytes(in), StandardCharsets.UTF_8);
      records.add(OutgoingRecord.keyed(topic, key, in.readLong(), readBytes(in)));
    }
    return records;
  }

  private static RawWebhook readUnjudged(DataInputStream in) throws IOException {
    String id = in.readUTF();
    String token = in.readUTF();
    long receivedAt = in.readLong();
    String method = in.readUTF();
    String path = in.readUTF();
    Map<String, String> headers = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      headers.put(in.readUTF(), in.readUTF());
    }
    return new RawWebhook(id, token, receivedAt, method, path, headers, readBytes(in));
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("spool entry with a length of " + length);
    }
    return in.readNBytes(length);
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] bytes(int kind, Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(kind);
      writing.to(out);
    } catch (IOException e) {
      throw new IllegalArgumentException("a header or a name is longer than 64 KiB", e);
    }
    return bytes.toByteArray();
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }
}
