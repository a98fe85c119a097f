package io.voronka.connectors.changecapture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Puts the submission in front of what another serializer writes, and answers a stand-in instead of
 * what another submission wrote.
 */
record SubmissionSerializer<T>(
    SimpleVersionedSerializer<T> inner, String submission, T ofAnotherSubmission)
    implements SimpleVersionedSerializer<T> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(T value) throws IOException {
    byte[] name = submission.getBytes(StandardCharsets.UTF_8);
    byte[] body = inner.serialize(value);
    return ByteBuffer.allocate(2 * Integer.BYTES + name.length + body.length)
        .putInt(name.length)
        .put(name)
        .putInt(inner.getVersion())
        .put(body)
        .array();
  }

  @Override
  public T deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("change capture state of version " + version + " is not known");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte[] name = new byte[in.getInt()];
    in.get(name);
    if (!submission.equals(new String(name, StandardCharsets.UTF_8))) {
      return ofAnotherSubmission;
    }
    int innerVersion = in.getInt();
    return inner.deserialize(innerVersion, Arrays.copyOfRange(bytes, in.position(), bytes.length));
  }
}
