package io.voronka.rules.domain.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.subject.FieldRef;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharingTest {
  @Test
  void equalPartsOfDifferentConditionsBecomeOne() {
    Condition one = condition(5);
    Condition other = condition(6);
    Sharing sharing = new Sharing();

    AllOf sharedOne = (AllOf) sharing.of(one);
    AllOf sharedOther = (AllOf) sharing.of(other);

    assertThat(sharedOne).isEqualTo(one);
    assertThat(sharedOther).isEqualTo(other);
    FieldCondition price = (FieldCondition) sharedOne.members().get(0);
    FieldCondition otherPrice = (FieldCondition) sharedOther.members().get(0);
    assertThat(otherPrice.field()).isSameAs(price.field());
    assertThat(otherPrice.pointer()).isSameAs(price.pointer());
    assertThat(sharedOther.members().get(1)).isSameAs(sharedOne.members().get(1));
    assertThat(sharing.of(condition(5))).isSameAs(sharedOne);
  }

  private static Condition condition(long price) {
    return new AllOf(
        "/when",
        List.of(
            FieldCondition.of(
                "/when/all/0",
                FieldRef.standard("price"),
                FieldTest.of(
                    Operator.GREATER, ValueType.NUMBER, List.of(BigDecimal.valueOf(price)))),
            new Not(
                "/when/all/1",
                FieldCondition.of(
                    "/when/all/1/not",
                    FieldRef.standard("name"),
                    FieldTest.of(Operator.EMPTY, ValueType.TEXT, List.of())))));
  }
}
