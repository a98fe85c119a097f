package io.voronka.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordsTest {

  @Test
  void anIdDependsOnWhereItsPartsEnd() {
    assertThat(StableId.of("a", "bc")).hasSize(32).isNotEqualTo(StableId.of("ab", "c"));
    assertThat(StableId.of("lead", "7")).isEqualTo("916a116c41dd71dffb29950a9d2056f4");
  }

  @Test
  void aSubjectsKeyNamesTenantAccountTypeAndId() {
    assertThat(Subject.of(Examples.stageChanged()).key())
        .isEqualTo("acme|acme-kommo|LEAD|20100501");
  }

  @Test
  void everyTopicsValueIsATopLevelRecordAndEveryRejectedTopicHasItsOriginal() {
    List<String> records = ReleasedSchemas.TOP_LEVEL.stream().map(Class::getSimpleName).toList();
    for (Topics.Topic topic : Topics.all()) {
      assertThat(records).contains(topic.value());
      assertThat(topic.partitions()).isPositive();
      assertThat(topic.name()).matches("[a-z]+(-[a-z]+)*(\\.[a-z-]+)+");
    }
  }

  @Test
  void everyConstantIsATopicAndEveryTopicHasAConstant() throws IllegalAccessException {
    List<String> constants =
        Arrays.stream(Topics.class.getFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .map(WordsTest::text)
            .sorted()
            .toList();

    assertThat(Topics.all().stream().map(Topics.Topic::name).sorted().toList())
        .isEqualTo(constants);
  }

  @Test
  void everyControlTableHasACompactedTopicWithOnePartition() {
    for (ControlTable table : ControlTable.values()) {
      if (table == ControlTable.UNKNOWN) {
        assertThatThrownBy(() -> Topics.of(table)).hasMessageContaining("newer table");
      } else {
        assertThat(Topics.named(Topics.of(table)).compacted()).isTrue();
        assertThat(Topics.named(Topics.of(table)).partitions()).isEqualTo(1);
      }
    }
  }

  private static String text(java.lang.reflect.Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
