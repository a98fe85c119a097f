package io.voronka.connectors.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestPaceTest {
  private final AtomicLong now = new AtomicLong(5000);

  @Test
  void asManyAsWereGrantedLeaveAtOnce() {
    RequestPace pace = RequestPace.of(2, now::get);

    assertThat(pace.begin()).isZero();
    pace.answered();
    assertThat(pace.begin()).isZero();
  }

  @Test
  void eachFurtherOneWaitsForASecondAfterAnAnswer() {
    RequestPace pace = RequestPace.of(2, now::get);
    pace.begin();
    now.set(5100);
    pace.answered();
    pace.begin();
    now.set(5300);
    pace.answered();

    assertThat(pace.begin()).as("the first one's place").isEqualTo(800);
    now.set(6200);
    pace.answered();
    assertThat(pace.begin()).as("the second one's").isEqualTo(100);
    now.set(9000);
    pace.answered();
    assertThat(pace.begin()).as("after a long answer").isZero();
  }

  @Test
  void whoeverDoesWithoutOneNeverWaits() {
    for (int i = 0; i < 100; i++) {
      assertThat(RequestPace.UNLIMITED.begin()).isZero();
      RequestPace.UNLIMITED.answered();
    }
  }

  @Test
  void aTaskHasARequestAtLeast() {
    assertThatThrownBy(() -> RequestPace.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without a request");
  }
}
