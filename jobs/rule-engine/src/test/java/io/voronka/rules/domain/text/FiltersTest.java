package io.voronka.rules.domain.text;

import static io.voronka.rules.LeadEvents.updated;
import static io.voronka.rules.domain.text.Texts.filled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiltersTest {
  /** The value is the lead's name; tildes in the expected text stand for no-break spaces. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ann;                 upcase;                                     ANN
          жанна i;             upcase;                                     ЖАННА I
          ANN I;               downcase;                                   ann i
          mcDonald;            capitalize;                                 McDonald
          '  a b ';            strip;                                      a b
          'abcdefgh';          truncate: 5;                                ab...
          'abcdefgh';          truncate: 5, "…";                           abcd…
          'abcdefgh';          truncate: 2;                                ...
          'abc';               truncate: 3;                                abc
          '😀😀😀😀😀😀';      truncate: 5;                                😀😀...
          a-b-a;               replace: "a", "c";                          c-b-c
          a-b;                 replace: "-", "";                           ab
          a-b;                 replace: "b", lead.id;                      a-7
          a b&c/д;             url_encode;                                 a+b%26c%2F%D0%B4
          1234567.5;           number;                                     1~234~567,5
          1234567.5;           number: locale: "en";                       1,234,567.5
          999;                 number: 2;                                  999,00
          2.345;               number: 2, locale: "en";                    2.35
          -1234.5;             number: 0;                                  -1~235
          1e3;                 number;                                     1~000
          0.0000001;           number;                                     0,0000001
          1250;                money: "RUB";                               1~250~₽
          1250.5;              money: "RUB";                               1~250,50~₽
          1250.5;              money: "USD", locale: "en";                 $1,250.50
          -1250;               money: "USD", locale: "en";                 -$1,250
          1250;                money: "CHF", locale: "en";                 CHF~1,250
          1250.5;              money: "JPY";                               1~251~JPY
          1760000000;          date: "%d.%m.%Y %H:%M";                     09.10.2025 11:53
          1760000000;          date: "%d %B", zone: "America/New_York";    09 октября
          1760000000;          date: "%B %Y";                              октябрь 2025
          1760000000;          date: "%A %-d %b %y, %I:%M %p", locale: "en"; Thursday 9 Oct 25, 11:53 AM
          2026-03-05;          date: "%e/%-m %a %j";                       5/3 чт 064
          2026-03-05T10:00:00Z; date: "%F %T %z";                          2026-03-05 13:00:00 +0300
          2026-03-05 10:00:07; date: "%R:%S %u %D %s %%";                  10:00:07 4 03/05/26 1772694007 %
          2026-03-05T01:00-08:00; date: "%H";                              12
          -152668800;          date: "%-d.%m.%Y";                          1.03.1965
          ann;                 upcase | downcase | capitalize;             Ann
          """)
  void changesTheValue(String value, String filter, String expected) {
    assertThat(filled("{{ lead.name | " + filter + " }}", updated("e").field("name", value), "ru"))
        .isEqualTo(expected.replace('~', '\u00a0'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          first;                '+7 1'
          last;                 '+7 2'
          upcase;               '+7 1, +7 2'
          join: " / ";          '+7 1 / +7 2'
          """)
  void takesSeveralValues(String filter, String expected) {
    assertThat(filled("{{ contact.code.PHONE | " + filter + " }}", updated("e"), "ru"))
        .isEqualTo(expected);
  }

  @Test
  void markupIsEscaped() {
    assertThat(filled("{{ lead.name | escape }}", updated("e").field("name", "<a b=\"x\">'&")))
        .isEqualTo("&lt;a b=&quot;x&quot;&gt;&#39;&amp;");
  }

  @Test
  void defaultsStandInOneAfterTheOther() {
    String text = "{{ lead.name | default: contact.first_name | default: 'you' | upcase }}";

    assertThat(filled(text, updated("e").field("name", "Ann"), "ru")).isEqualTo("ANN");
    assertThat(filled(text, updated("e"), "ru")).isEqualTo("АННА");
    assertThat(filled(text, updated("e"))).isEqualTo("YOU");
    assertThat(filled("<{{ lead.name | default: '' }}>", updated("e"))).isEqualTo("<>");
    assertThat(filled("{{ lead.name | strip | default: 'x' }}", updated("e").field("name", " ")))
        .isEqualTo("x");
    assertThatThrownBy(() -> filled("{{ lead.name | default: contact.name }}", updated("e")))
        .hasMessage("a value for lead.name is expected");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          number;        soon;           a number in lead.name
          money: "RUB";  1,250;          a number in lead.name
          number;        1e2000000;      a number in lead.name
          date: "%d";    soon;           a date in lead.name
          date: "%d";    99999999999999999999; a date in lead.name
          date: "%d";    31556889864403199; a date in lead.name
          date: "%d";    2026-02-30;     a date in lead.name
          """)
  void aValueThatDoesNotFitIsNamed(String filter, String value, String expected) {
    assertThatThrownBy(
            () ->
                filled("{{ lead.name | " + filter + " }}", updated("e").field("name", value), "ru"))
        .isInstanceOfSatisfying(
            UnfitValueException.class,
            unfit -> {
              assertThat(unfit.expected()).isEqualTo(expected);
              assertThat(unfit.actual()).isEqualTo(value);
            });
  }

  @Test
  void zoneAndLocaleAreTheTenantsAndNotGuessed() {
    var price = updated("e").field("price", "1760000000");

    assertThatThrownBy(() -> filled("{{ lead.price | date: '%d' }}", price))
        .hasMessageContaining("the tenant's time zone");
    assertThatThrownBy(() -> filled("{{ lead.price | number }}", price))
        .hasMessageContaining("the tenant's locale");
    assertThat(filled("{{ lead.price | date: '%d', zone: 'UTC' }}", price)).isEqualTo("09");
    assertThat(filled("{{ lead.price | number: locale: 'en' }}", price)).isEqualTo("1,760,000,000");
    assertThat(filled("{{ lead.price | number }}", price, "de")).isEqualTo("1,760,000,000");
  }

  @Test
  void theMachinesLanguageDoesNotMatter() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(filled("{{ lead.name | upcase }}", updated("e").field("name", "title")))
          .isEqualTo("TITLE");
    } finally {
      Locale.setDefault(before);
    }
  }
}
