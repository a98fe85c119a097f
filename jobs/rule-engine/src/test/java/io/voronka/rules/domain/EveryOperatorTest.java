package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.catalogue.FieldKind;
import io.voronka.rules.domain.catalogue.Unfit;
import io.voronka.rules.domain.condition.Operator;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldChoice;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.FieldValue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operator on every type of field that it fits: a value for which the rule fires, one for
 * which it does not, and one that nobody has seen. A new operator does not compile here before it
 * has its cases.
 */
@DisplayName("Every operator of field_value, on every type of field")
class EveryOperatorTest {

  /**
   * How values of a type are written. In every operator's cases it is the operand that is compared
   * with.
   *
   * @param operand as an author writes it
   * @param same the same value, as the CRM writes it
   * @param again the same value, as the CRM writes it another time
   * @param less comes before it, or is another one
   * @param more comes after it, or is another one
   * @param part letters in it that {@code more} does not have, its first and its last ones; null
   *     where looking into the value makes no sense
   */
  record Sample(
      String type,
      String operand,
      String same,
      String again,
      String less,
      String more,
      String part,
      String first,
      String last) {

    static Sample of(String type, String operand, String... values) {
      return new Sample(
          type, operand, values[0], values[1], values[2], values[3], null, null, null);
    }

    Sample letters(String in, String first, String last) {
      return new Sample(type, operand, same, again, less, more, in, first, last);
    }

    @Override
    public String toString() {
      return type;
    }
  }

  private static final List<Sample> SAMPLES =
      List.of(
          Sample.of("numeric", "'10'", "10.00", "10", "9", "11"),
          Sample.of("monetary", "1500", "1500.00", "1500.0", "1499.99", "1500.01"),
          Sample.of("date", "'2026-01-31'", "1769817600", "2026-01-31", "1769817599", "2026-02-01"),
          Sample.of(
              "date_time", "1769817600", "1769817600", "2026-01-31T00:00:00Z", "5", "1769817601"),
          Sample.of("checkbox", "'true'", "1", "true", "0", "0"),
          Sample.of("select", "'Large'", "Large#12", "Gross#12", "Small#11", "Small#11")
              .letters("arg", "La", "ge"),
          Sample.of("radiobutton", "12", "Large#12", "#12", "Small#11", "Small#11")
              .letters("arg", "La", "ge"),
          Sample.of(
                  "multiselect",
                  "'Large'",
                  "Small#11;Large#12",
                  "Gross#12;Small#11",
                  "Small#11",
                  "Huge#13")
              .letters("arg", "La", "rge"),
          Sample.of("text", "'Anna'", "Anna", "Anna", "Aaron", "Bob").letters("nn", "An", "na"),
          Sample.of("multitext", "'+7 900'", "8 800;+7 900", "+7 900;8 800", "8 800", "+49 30")
              .letters("7 9", "+7", "900"),
          Sample.of("legal_entity", "10", "10.0", "10.0", "9", "11").letters("0.", "10", ".0"));

  private static final FieldCatalogue CATALOGUE =
      FieldCatalogue.of(SAMPLES.stream().map(EveryOperatorTest::row).toList());

  /**
   * Values of the field, one event after the other, the last one being judged.
   *
   * @param test the operator and its operands
   */
  record Case(Operator operator, Sample sample, String test, List<String> fires, List<String> not) {
    @Override
    public String toString() {
      return operator.written() + " on " + sample;
    }
  }

  static Stream<Case> cases() {
    return SAMPLES.stream()
        .flatMap(
            sample ->
                Stream.of(Operator.values())
                    .filter(operator -> kind(sample).fits(operator))
                    .map(operator -> caseOf(operator, sample)));
  }

  private static Case caseOf(Operator operator, Sample s) {
    List<String> same = List.of(s.same());
    List<String> less = List.of(s.less());
    List<String> more = List.of(s.more());
    List<String> nothing = List.of("");
    String value = "'value': " + s.operand();
    String values = "'values': [" + s.operand() + "]";
    return switch (operator) {
      case EQUALS -> new Case(operator, s, value, same, more);
      case NOT_EQUALS -> new Case(operator, s, value, more, same);
      case IN -> new Case(operator, s, values, same, more);
      case NOT_IN -> new Case(operator, s, values, more, same);
      case CONTAINS -> new Case(operator, s, quoted(s.part()), same, more);
      case NOT_CONTAINS -> new Case(operator, s, quoted(s.part()), more, same);
      case STARTS_WITH -> new Case(operator, s, quoted(s.first()), same, List.of("x" + s.more()));
      case ENDS_WITH -> new Case(operator, s, quoted(s.last()), same, more);
      case MATCHES -> new Case(operator, s, quoted("[" + s.part() + "]{2}"), same, nothing);
      case GREATER -> new Case(operator, s, value, more, same);
      case GREATER_OR_EQUAL -> new Case(operator, s, value, same, less);
      case LESS -> new Case(operator, s, value, less, same);
      case LESS_OR_EQUAL -> new Case(operator, s, value, same, more);
      case BETWEEN ->
          new Case(
              operator,
              s,
              "'min': %1$s, 'max': %1$s".formatted(s.operand()),
              List.of(s.again()),
              more);
      case EMPTY -> new Case(operator, s, "", nothing, same);
      case NOT_EMPTY -> new Case(operator, s, "", same, nothing);
      case CHANGED ->
          new Case(operator, s, "", List.of(s.less(), s.same()), List.of(s.same(), s.again()));
      case CHANGED_TO ->
          new Case(operator, s, value, List.of(s.less(), s.same()), List.of(s.same(), s.again()));
      case CHANGED_FROM ->
          new Case(operator, s, value, List.of(s.same(), s.more()), List.of(s.less(), s.same()));
    };
  }

  private static String quoted(String letters) {
    return "'value': '" + letters + "', 'type': 'text'";
  }

  @ParameterizedTest(name = "{0} fires")
  @MethodSource("cases")
  void fires(Case of) {
    assertThat(judged(of, of.fires())).isTrue();
  }

  @ParameterizedTest(name = "{0} does not fire")
  @MethodSource("cases")
  void doesNotFire(Case of) {
    assertThat(judged(of, of.not())).isFalse();
  }

  @ParameterizedTest(name = "{0} never fires on what was never seen, nor does its negation")
  @MethodSource("cases")
  void whatWasNeverSeenFiresNothing(Case of) {
    // What an event does not carry it did not change, and that much is known.
    boolean negated = !of.operator().aboutChange();
    for (String form : negated ? List.of("%s", "{'not': %s}") : List.of("%s")) {
      Deciding deciding =
          Deciding.when(form.formatted(condition(of, "'field_id': %s"))).by(CATALOGUE);

      deciding.after(updated("u").field("name", "another field"));

      assertThat(deciding.fired()).as(form).isFalse();
    }
  }

  @Test
  @DisplayName("Each case is a test that an author may write for such a field")
  void everyCaseFitsItsField() {
    assertThat(cases())
        .hasSizeGreaterThan(100)
        .allSatisfy(
            of ->
                assertThat(
                        Unfit.in(Deciding.rule(rule(condition(of, "'field_id': %s"))), CATALOGUE))
                    .isEmpty());
  }

  private static boolean judged(Case of, List<String> values) {
    boolean[] fired = new boolean[2];
    String[] names = {"'field_id': %s", "'field_code': 'F%s'"};
    for (int name = 0; name < names.length; name++) {
      Deciding deciding = Deciding.when(condition(of, names[name])).by(CATALOGUE);
      for (int i = 0; i < values.size(); i++) {
        deciding.after(event("e" + i, id(of.sample()), values.get(i)).at(i));
      }
      fired[name] = deciding.fired();
    }
    assertThat(fired[0]).as("by id as by code").isEqualTo(fired[1]);
    return fired[0];
  }

  private static String condition(Case of, String name) {
    return "{'field_value': {%s, 'operator': '%s'%s}}"
        .formatted(
            name.formatted(id(of.sample())),
            of.operator().written(),
            of.test().isEmpty() ? "" : ", " + of.test());
  }

  private static String rule(String condition) {
    return """
        {'id': 'r', 'trigger': {'event': 'lead_updated'}, 'when': %s,
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """
        .formatted(condition);
  }

  /** Values as text#id, several parted by semicolons; nothing for a field that has none. */
  private static LeadEvents event(String id, String field, String values) {
    FieldValue[] all =
        Stream.of(values.split(";"))
            .filter(value -> !value.isEmpty())
            .map(value -> value.split("#"))
            .map(
                value ->
                    new FieldValue(
                        value[0].isEmpty() ? null : value[0],
                        value.length == 1 ? null : value[1],
                        null))
            .toArray(FieldValue[]::new);
    return updated(id).custom(field, "F" + field, all);
  }

  private static String id(Sample sample) {
    return "" + (600_001 + SAMPLES.indexOf(sample));
  }

  private static FieldKind kind(Sample sample) {
    return CATALOGUE.find(FieldRef.customId(id(sample), FieldRef.Part.TEXT)).kind();
  }

  private static FieldRow row(Sample sample) {
    boolean list = List.of("select", "radiobutton", "multiselect").contains(sample.type());
    return FieldRow.newBuilder()
        .setTenantId("acme")
        .setAccountId("kommo-1")
        .setEntityType(EntityType.LEAD)
        .setFieldId(id(sample))
        .setCode("F" + id(sample))
        .setName(sample.type())
        .setType(sample.type())
        .setChoices(
            list
                ? List.of(
                    new FieldChoice("11", "Small", 0, null),
                    new FieldChoice("12", "Large", 1, null),
                    new FieldChoice("13", "Huge", 2, null))
                : List.of())
        .build();
  }
}
