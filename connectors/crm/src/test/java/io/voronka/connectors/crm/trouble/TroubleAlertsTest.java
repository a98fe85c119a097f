package io.voronka.connectors.crm.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.schemas.AlertKind;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TroubleAlertsTest {
  private static final Map<String, String> ALL =
      Map.of(
          "address", "https://h/…", "codes", "add_lead", "reason", "no $1 \\ way", "client", "c");

  private final TroubleAlerts alerts = new TroubleAlerts("watch");

  @ParameterizedTest
  @EnumSource
  void everyTroubleIsWordedInBothLanguages(Trouble trouble) {
    AlertRaised alert = alerts.raised("acme", "main", trouble, "", ALL, 1_000);

    for (String text :
        List.of(
            alert.getTitle().getEn(),
            alert.getTitle().getRu(),
            alert.getDetail().getEn(),
            alert.getDetail().getRu())) {
      assertThat(text).isNotBlank().doesNotContain("{").doesNotContain("}");
    }
    assertThat(alert.getTitle().getRu()).containsPattern("\\p{IsCyrillic}").contains("main");
    assertThat(alert.getDetail().getRu()).containsPattern("\\p{IsCyrillic}");
    assertThat(alert.getTitle().getEn()).doesNotContainPattern("\\p{IsCyrillic}").contains("main");
    assertThat(alert.getDetail().getEn()).doesNotContainPattern("\\p{IsCyrillic}");
    assertThat(alert.getKind().name()).isEqualTo(trouble.name());
    assertThat(alert.getParameters())
        .containsEntry("tenant", "acme")
        .containsEntry("account", "main");
  }

  @Test
  void everyKindOfTheConnectionHasItsTrouble() {
    assertThat(Trouble.values())
        .extracting(Trouble::kind)
        .doesNotHaveDuplicates()
        .doesNotContain(AlertKind.UNKNOWN);
  }

  @Test
  void whatIsFilledInIsTakenAsItIs() {
    assertThat(
            alerts.raised("acme", "main", Trouble.CRM_UNREACHABLE, "", ALL, 1).getDetail().getEn())
        .contains("no $1 \\ way");
  }

  @Test
  void aMissingWordIsADefectOfTheCaller() {
    assertThatThrownBy(() -> alerts.raised("acme", "main", Trouble.HOOK_DISABLED, "", Map.of(), 1))
        .hasMessage("no parameter address");
  }

  @Test
  void theSameTroubleHasTheSameIdAndTheNextOneAnother() {
    AlertRaised first = alerts.raised("acme", "main", Trouble.HOOK_DISABLED, "", ALL, 1_000);
    AlertRaised again =
        new TroubleAlerts("other").raised("acme", "main", Trouble.HOOK_DISABLED, "", ALL, 2_000);
    AlertRaised next =
        alerts.raised("acme", "main", Trouble.HOOK_DISABLED, first.getId(), ALL, 3_000);

    assertThat(again.getId()).isEqualTo(first.getId());
    assertThat(next.getId()).isNotEqualTo(first.getId());
    assertThat(alerts.raised("acme", "main", Trouble.HOOK_MISSING, "", ALL, 1_000).getId())
        .isNotEqualTo(first.getId());
    assertThat(alerts.raised("acme", "side", Trouble.HOOK_DISABLED, "", ALL, 1_000).getId())
        .isNotEqualTo(first.getId());
  }

  @Test
  void aResolutionIsTheSameAlertWithItsEnd() {
    AlertRaised open = alerts.raised("acme", "main", Trouble.HOOK_DISABLED, "", ALL, 1_000);

    AlertRaised over = new TroubleAlerts("connect").resolved(open, 9_000);

    assertThat(over)
        .isEqualTo(
            AlertRaised.newBuilder(open)
                .setResolved(true)
                .setResolvedAt(9_000L)
                .setRaisedBy("connect")
                .build());
    assertThat(open.getResolved()).isFalse();
    assertThat(open.getResolvedAt()).isNull();
  }

  @Test
  void aRemovedIntegrationIsAnAlertMadeOfItsEvent() {
    CrmEvent event =
        CrmEvent.newBuilder()
            .setId("e1")
            .setKind(EventKind.INTEGRATION_UNINSTALLED)
            .setTenantId("acme")
            .setAccountId("main")
            .setReceivedAt(5_000)
            .setWebhookId("w1")
            .setFields(Map.of("client_uuid", "client-1"))
            .build();

    AlertRaised alert = alerts.uninstalled(event);

    assertThat(alert.getCauses()).containsExactly("e1", "w1");
    assertThat(alert.getRaisedAt()).isEqualTo(5_000);
    assertThat(alert.getDetail().getEn())
        .contains("client-1")
        .contains("voronka connect --tenant acme --account main");
    assertThat(alerts.uninstalled(event)).isEqualTo(alert);
  }
}
