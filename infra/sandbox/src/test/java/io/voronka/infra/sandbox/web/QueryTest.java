package io.voronka.infra.sandbox.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QueryTest {
  @Test
  void bracketsWithAndWithoutIndexMeanTheSameList() {
    Query query = Query.parse("filter%5Bid%5D%5B%5D=1&filter[id][1]=2&filter[id]=3&filter[idx]=9");

    assertThat(query.numbers("filter[id]")).containsExactly(1L, 2L, 3L);
  }

  @Test
  void nestedRangesAreNotTakenForTheListAround() {
    Query query = Query.parse("filter[updated_at][from]=5");

    assertThat(query.all("filter[updated_at]")).isEmpty();
    assertThat(query.number("filter[updated_at][from]")).hasValue(5);
  }

  @Test
  void brokenEscapesAndMissingValuesDoNotThrow() {
    Query query = Query.parse("a=%zz&b&=c&&d=%D0%B6");

    assertThat(query.text("a")).contains("%zz");
    assertThat(query.text("b")).contains("");
    assertThat(query.text("d")).contains("ж");
  }

  @Test
  void textWhereANumberBelongsIsNamed() {
    assertThatThrownBy(() -> Query.parse("limit=many").number("limit"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limit is not a number: many");
  }
}
