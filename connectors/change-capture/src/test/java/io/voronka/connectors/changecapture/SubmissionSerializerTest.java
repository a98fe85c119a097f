package io.voronka.connectors.changecapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.junit.jupiter.api.Test;

class SubmissionSerializerTest {
  private static final SimpleVersionedSerializer<String> TEXT =
      new SimpleVersionedSerializer<>() {
        @Override
        public int getVersion() {
          return 7;
        }

        @Override
        public byte[] serialize(String text) {
          return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String deserialize(int version, byte[] bytes) {
          return version + ":" + new String(bytes, StandardCharsets.UTF_8);
        }
      };

  @Test
  void readsWhatItsOwnSubmissionWrote() throws IOException {
    SubmissionSerializer<String> serializer = new SubmissionSerializer<>(TEXT, "one", "forgotten");

    byte[] bytes = serializer.serialize("splits");

    assertThat(serializer.deserialize(serializer.getVersion(), bytes)).isEqualTo("7:splits");
  }

  @Test
  void forgetsWhatAnotherSubmissionWrote() throws IOException {
    byte[] bytes = new SubmissionSerializer<>(TEXT, "one", "forgotten").serialize("splits");

    assertThat(new SubmissionSerializer<>(TEXT, "two", "forgotten").deserialize(1, bytes))
        .isEqualTo("forgotten");
  }

  @Test
  void refusesAVersionItDoesNotKnow() {
    assertThatThrownBy(
            () -> new SubmissionSerializer<>(TEXT, "one", "forgotten").deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
  }
}
