package io.voronka.gateway.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.gateway.accept.OutgoingRecord;
import io.voronka.gateway.accept.RawWebhook;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpooledWebhookTest {

  @Test
  void recordsComeBackWithTheSameBytes() throws Exception {
    List<OutgoingRecord> records =
        List.of(
            OutgoingRecord.keyed("webhooks.received", "арендатор|a", 17, new byte[] {1, 0, -1}),
            OutgoingRecord.keyed("crm.events", "k", -5, new byte[0]));

    SpooledWebhook read = SpooledWebhook.decode(SpooledWebhook.encode(records));

    assertThat(read.unjudged()).isNull();
    assertThat(read.records()).usingRecursiveComparison().isEqualTo(records);
  }

  @Test
  void unjudgedWebhooksComeBackWhole() throws Exception {
    RawWebhook raw =
        new RawWebhook(
            "id",
            "ab12",
            99,
            "POST",
            "/webhooks/kommo/-",
            Map.of("content-type", "text/plain", "user-agent", "агент"),
            new byte[] {5, 6});

    SpooledWebhook read = SpooledWebhook.decode(SpooledWebhook.encode(raw));

    assertThat(read.records()).isEmpty();
    assertThat(read.unjudged()).usingRecursiveComparison().isEqualTo(raw);
  }

  @Test
  void whatAnotherBuildWroteIsRefused() {
    byte[] good = SpooledWebhook.encode(List.of(OutgoingRecord.keyed("t", "k", 1, new byte[9])));
    byte[] other = good.clone();
    other[0] = 77;
    assertThatThrownBy(() -> SpooledWebhook.decode(other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unknown kind 77");
    for (int cut = 0; cut < good.length; cut++) {
      byte[] shorter = Arrays.copyOf(good, cut);
      assertThatThrownBy(() -> SpooledWebhook.decode(shorter)).isInstanceOf(IOException.class);
    }
  }
}
