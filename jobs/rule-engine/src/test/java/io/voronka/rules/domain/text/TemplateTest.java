package io.voronka.rules.domain.text;

import static io.voronka.rules.LeadEvents.updated;
import static io.voronka.rules.domain.text.Texts.filled;
import static io.voronka.rules.domain.text.Texts.problems;
import static io.voronka.rules.domain.text.Texts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.domain.subject.Budget.OverBudgetException;
import io.voronka.rules.domain.subject.SubjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static LeadEvents lead() {
    return updated("e").field("name", "Ann").field("price", "1500").texts("5", "1", "3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "{\"a\": {\"b\": 1}}", "50% } {", "a }} b", "{ { x } }"})
  void textsWithoutVariablesStayAsTheyAre(String source) {
    assertThat(filled(source, lead())).isEqualTo(source);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          lead.name;                                    yes
          lead.code.NONE;                               no
          lead.code.NONE == nil;                        yes
          lead.code.NONE == blank;                      yes
          lead.name != empty;                           yes
          lead.name == "Ann";                           yes
          lead.name == "ann";                           no
          lead.name != "Ann";                           no
          lead.price == 1500.00;                        yes
          lead.price == "1500.00";                      no
          lead.price > 1000;                            yes
          lead.price >= 1500;                           yes
          lead.price < 1500;                            no
          lead.price <= 1499.99;                        no
          1000 < lead.price;                            yes
          lead.field.5 == 3;                            yes
          lead.field.5 == 2;                            no
          lead.field.5 != 3;                            no
          lead.field.5 == true;                         yes
          lead.name == true;                            no
          lead.name contains "nn";                      yes
          lead.name contains lead.id;                   no
          lead.name == "x" or lead.price > 1;           yes
          lead.name == "x" and lead.price > 1;          no
          (lead.name == "x" or true) and lead.name;     yes
          false;                                        no
          lead.code.NONE and lead.code.NONE > 5;        no
          lead.code.NONE == nil or lead.code.NONE > 5;  yes
          """)
  void asksForValues(String question, String answer) {
    assertThat(filled("{% if " + question + " %}yes{% else %}no{% endif %}", lead()))
        .isEqualTo(answer);
    assertThat(filled("{% unless " + question + " %}no{% else %}yes{% endunless %}", lead()))
        .isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"== 'x'", "!= 'x'", "> 5", "contains 'x'"})
  void comparingAValueThatIsNotThereIsNoGuess(String comparison) {
    assertThatThrownBy(
            () -> filled("{% if lead.code.NONE " + comparison + " %}a{% endif %}", lead()))
        .isInstanceOf(MissingValueException.class);
  }

  @Test
  void orderIsOfNumbersOnly() {
    assertThatThrownBy(() -> filled("{% if lead.name > 5 %}a{% endif %}", lead()))
        .isInstanceOf(UnfitValueException.class)
        .hasMessage("a number in lead.name is expected, not Ann");
  }

  @Test
  void tagsChooseKeepAndLeaveOut() {
    String when =
        "{% case lead.field.5 %}{% when 7 or nil %}a{% when 8, 3 %}b{% else %}c{% endcase %}";
    String elsif =
        "{% if lead.price > 9000 %}a{% elsif lead.price > 1000 %}b{% else %}c{% endif %}";

    assertThat(filled(when, lead())).isEqualTo("b");
    assertThat(filled("{% case lead.code.X %}{% when nil %}a{% endcase %}", lead())).isEqualTo("a");
    assertThat(filled(elsif, lead())).isEqualTo("b");
    assertThat(filled("<{% unless lead.name %}a{% endunless %}>", lead())).isEqualTo("<>");
    assertThat(filled("{% raw %}{{ lead.nmae }}{% endraw %}!", lead()))
        .isEqualTo("{{ lead.nmae }}!");
    assertThat(filled("a{% comment %} {{ lead.nmae }} {% endcomment %}b", lead())).isEqualTo("ab");
    assertThat(filled("a {%- if lead.name -%} b {%- endif %} c {{- lead.name }}", lead()))
        .isEqualTo("ab cAnn");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          Hi {{ lead.nmae }};                     line 1, column 7: unknown variable lead.nmae; known are lead.id
          Hi {{ foo }};                           unknown variable foo;
          {{ lead }};                             unknown variable lead;
          {{ lead.field }};                       unknown variable lead.field;
          {{ lead.field[lead.id] }};              unknown variable
          {{ event.price }};                      unknown variable event.price;
          {{ contact.price }};                    unknown variable contact.price;
          {% if lead.nmae %}x{% endif %};         column 7: unknown variable lead.nmae;
          {{ lead.name | default: lead.x }};      unknown variable lead.x;
          {{ lead.name | shout }};                column 14: unknown filter shout; known are capitalize, date,
          {{ lead.name | default }};              filter default: needs what stands in
          {{ lead.name | default: 1, 2 }};        filter default: takes at most 1
          {{ lead.name | upcase: 1 }};            filter upcase: takes at most 0
          {{ lead.name | upcase: a: 1 }};         filter upcase: knows nothing of a
          {{ lead.name | truncate: "x" }};        filter truncate: the length has to be a whole number
          {{ lead.name | truncate: 99999 }};      at most 20000
          {{ lead.name | truncate: lead.price }}; the length has to be written out
          {{ lead.name | replace: "", "a" }};     an empty text cannot be replaced
          {{ lead.name | date }};                 filter date: needs the form of a date
          {{ lead.name | date: "%d %Q" }};        unknown part of a date %Q; known are %d
          {{ lead.name | date: "%-F" }};          unknown part of a date %-F
          {{ lead.name | date: "%" }};            unknown part of a date %
          {{ lead.name | date: "%d", zone: "X/Y" }}; unknown time zone X/Y
          {{ lead.name | number: 99 }};           a whole number of at most 10
          {{ lead.name | number: locale: "de" }}; unknown locale de; known are ru and en
          {{ lead.name | money }};                needs a currency
          {{ lead.name | money: "RUR0" }};        unknown currency RUR0
          {{ lead.name };                         column 14: '}' is not expected here
          {{ lead.name;                           something that was opened is not closed
          {{ lead.name || upcase }};              column 14: | is not expected here
          {{ lead.name | }};                      is not expected here
          {{ lead.name ~ }};                      column 14: '~' is not expected here
          {{ }};                                  }} is not expected here
          {{ nil }};                              a value is expected, not nil
          {{ (lead.name) }};                      a value is expected, not (lead.name)
          {% if lead.name > "5" %}x{% endif %};   > compares numbers, not 5
          {% if lead.name %}x;                    is not closed
          x{% endif %};                           is not expected here
          {% if %}x{% endif %};                   is not expected here
          {% for i in (1..9) %}x{% endfor %};     the tag for is not allowed; allowed are if, unless, case
          {% assign x = 1 %};                     column 4: the tag assign is not allowed
          {% capture x %}a{% endcapture %};       the tag capture is not allowed
          {% include "x" %};                      the tag include is not allowed
          {% render "x" %};                       the tag render is not allowed
          {% cycle "a", "b" %};                   the tag cycle is not allowed
          {% increment x %};                      the tag increment is not allowed
          {% tablerow i in x %}{% endtablerow %}; the tag tablerow is not allowed
          {% break %};                            the tag break is not allowed
          {% foo %};                              the tag foo is not allowed
          {% if lead.name %}{% for i in x %}{% endfor %}{% endif %}; the tag for is not allowed
          """)
  void tellsWhatIsWrongAndWhere(String source, String problem) {
    assertThat(problems(source)).singleElement().asString().contains(problem);
  }

  @Test
  void tellsAllThatItsVariablesAndFiltersGetWrongAtOnce() {
    assertThat(problems("{{ lead.x }}\n and {{ lead.name | shout }}\n{{ foo | date: '%Q' }}"))
        .hasSize(4)
        .anySatisfy(problem -> assertThat(problem).startsWith("line 3, column 8: filter date:"));
  }

  @Test
  void nothingNestsOrRunsOnTooFar() {
    String deep = "{% if lead.name %}".repeat(2000) + "x" + "{% endif %}".repeat(2000);
    String brackets =
        "{% if " + "(".repeat(9000) + "lead.name" + ")".repeat(9000) + " %}{% endif %}";
    String chain = "{% if lead.name" + " and lead.name".repeat(1300) + " %}{% endif %}";
    String filters = "{{ lead.name" + " | upcase".repeat(2000) + " }}";

    assertThat(problems(deep)).singleElement().asString().contains("nest at most 20 deep");
    assertThat(problems(brackets)).singleElement().asString().contains("at most 200 words");
    assertThat(problems(chain)).singleElement().asString().contains("at most 200 words");
    assertThat(problems(filters)).singleElement().asString().contains("at most 200 words");
    assertThat(problems("{{ lead.name }} and ".repeat(1000))).isEmpty();
  }

  @Test
  void lengthIsBounded() {
    LeadEvents large = updated("e").field("name", "x".repeat(19_990));

    assertThat(filled("{{lead.name}}0123456789", large)).hasSize(20_000);
    assertThatThrownBy(() -> filled("{{lead.name}}0123456789a", large))
        .isInstanceOfSatisfying(
            TextTooLongException.class,
            over -> {
              assertThat(over.expected()).isEqualTo("at most 20000 characters");
              assertThat(over.actual()).isEqualTo("more");
            });
  }

  @Test
  void workIsCountedAndBoundedBeforeItIsDone() {
    LeadEvents large = updated("e").field("name", "a".repeat(100_000));
    String blown = "{{ lead.name | replace: 'a', '" + "b".repeat(15_000) + "' | truncate: 5 }}";
    String again = "{{ lead.name | upcase | truncate: 1, '' }}".repeat(30);
    String searched = "{% if lead.name contains '" + "a".repeat(9_000) + "b' %}x{% endif %}";

    for (String source : List.of(blown, again, searched)) {
      assertThatThrownBy(() -> filled(source, large)).isInstanceOf(OverBudgetException.class);
    }
  }

  @Test
  void stepsAreTheSameEachTime() {
    Text text = text("Hi {{ lead.name | upcase }}{% if lead.price > 5 %}, you{% endif %}");
    SubjectView view = Texts.view(lead(), "ru");

    text.fill(view);
    int steps = view.budget().taken();
    text.fill(view);

    assertThat(steps).isPositive();
    assertThat(view.budget().taken()).isEqualTo(2 * steps);
  }

  @Test
  void valuesInsideJsonAreEscapedAndTheAuthorsWordsAreNot() {
    Text body = text("{\"name\": \"{{ lead.name | upcase }}\"}");
    SubjectView view = Texts.view(lead().field("name", "a \"b\"\n\\\u0001"), "ru");

    assertThat(body.fillJson(view)).isEqualTo("{\"name\": \"A \\\"B\\\"\\n\\\\\\u0001\"}");
  }

  @Test
  void anyNumberOfThreadsMayFillOneText() throws Exception {
    Text text =
        text("{{ lead.field[5] | first }} {% if lead.price > 1000 %}{{lead.name}}{% endif %}");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> done = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        String name = "name-" + thread;
        done.add(threads.submit(() -> alwaysFilled(text, name)));
      }
      for (Future<Boolean> all : done) {
        assertThat(all.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean alwaysFilled(Text text, String name) {
    for (int i = 0; i < 2_000; i++) {
      if (!text.fill(Texts.view(lead().field("name", name), "ru")).equals("1 " + name)) {
        return false;
      }
    }
    return true;
  }
}
