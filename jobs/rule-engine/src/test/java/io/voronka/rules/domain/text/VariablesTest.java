package io.voronka.rules.domain.text;

import static io.voronka.rules.LeadEvents.event;
import static io.voronka.rules.LeadEvents.updated;
import static io.voronka.rules.domain.text.Texts.filled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
  private static LeadEvents lead() {
    return updated("e1")
        .field("name", "Ann")
        .field("price", "1500")
        .field("responsible_user_id", "501")
        .stage("1", "142")
        .custom("600001", "CITY", new FieldValue("Paris", null, null))
        .texts("7", "a", "", "b");
  }

  private static LeadEvents message() {
    return event(EventKind.MESSAGE_RECEIVED, "m1")
        .entity(EntityType.MESSAGE, "m-77")
        .field("text", "hello")
        .field("origin", "telegram")
        .field("chat_id", "c1")
        .field("talk_id", "174")
        .field("author.name", "Bob");
  }

  @ParameterizedTest
  @CsvSource({
    "lead.id, 7",
    "lead.name, Ann",
    "lead.price, 1500",
    "lead.field.600001, Paris",
    "lead.field[600001], Paris",
    "lead.code.CITY, Paris",
    "lead.code['CITY'], Paris",
    "lead['name'], Ann",
    "lead.stage.name, Успешно",
    "lead.pipeline.name, Продажи",
    "lead.responsible.name, Олег",
    "lead.field.7, 'a, b'",
    "contact.id, 31",
    "contact.name, Анна Петрова",
    "contact.first_name, Анна",
    "contact.code.PHONE, '+7 1, +7 2'",
    "contact.field.5, '+7 1, +7 2'",
    "agent.id, seller",
    "agent.name, Вера",
    "account.id, kommo-1",
    "account.subdomain, acme-sales",
    "tenant.id, acme",
    "tenant.name, Acme",
    "event.kind, lead_updated",
    "event.entity_id, 7"
  })
  void readsWhatIsKnown(String variable, String value) {
    assertThat(filled("<{{ " + variable.replace('\'', '"') + " }}>", lead(), "ru"))
        .isEqualTo("<" + value + ">");
  }

  @ParameterizedTest
  @CsvSource({
    "event.kind, message_received",
    "event.text, hello",
    "event.entity_id, m-77",
    "event.origin, telegram",
    "event.chat_id, c1",
    "event.talk_id, 174",
    "event.author.name, Bob"
  })
  void readsTheEvent(String variable, String value) {
    assertThat(filled("{{" + variable + "}}", message(), "ru")).isEqualTo(value);
  }

  @Test
  void theContactOfAContactsEventIsItself() {
    LeadEvents contact =
        event(EventKind.CONTACT_UPDATED, "e").subject(EntityType.CONTACT, "9").field("name", "Cy");

    assertThat(filled("{{contact.id}} {{contact.name}}", contact, "ru")).isEqualTo("9 Cy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lead.name",
        "lead.field.1",
        "lead.stage.name",
        "lead.pipeline.name",
        "lead.responsible.name",
        "contact.id",
        "contact.name",
        "contact.code.PHONE",
        "agent.id",
        "agent.name",
        "account.subdomain",
        "tenant.name",
        "event.text"
      })
  void whatIsNotKnownIsNeverAnEmptyHole(String variable) {
    assertThatThrownBy(() -> filled("Hi {{" + variable + "}}", updated("e")))
        .isInstanceOfSatisfying(
            MissingValueException.class,
            missing -> {
              assertThat(missing.variable()).isEqualTo(variable);
              assertThat(missing.expected()).isEqualTo("a value for " + variable);
              assertThat(missing.actual()).isNull();
            });
    assertThat(filled("Hi {{" + variable + " | default: \"you\"}}", updated("e")))
        .isEqualTo("Hi you");
  }

  @Test
  void anEmptyValueIsAMissingOne() {
    LeadEvents empty = updated("e").field("name", "").texts("7", "", "");

    assertThatThrownBy(() -> filled("{{lead.name}}", empty))
        .isInstanceOf(MissingValueException.class);
    assertThat(filled("{{lead.name | default: 'x'}}{{lead.field.7 | default: 'y'}}", empty))
        .isEqualTo("xy");
  }

  @Test
  void atAMomentTheSubjectIsKnownAndThereIsNoEvent() {
    SubjectView known = Texts.view(lead(), "ru");
    SubjectView moment = SubjectView.at(known.subject(), known.after(), LeadEvents.T0);

    assertThat(Texts.text("{{lead.id}} {{lead.name}} {{account.id}}").fill(moment))
        .isEqualTo("7 Ann kommo-1");
    for (String variable : List.of("event.kind", "event.entity_id", "event.text")) {
      assertThatThrownBy(() -> Texts.text("{{" + variable + "}}").fill(moment))
          .isInstanceOf(MissingValueException.class);
    }
  }

  @Test
  void valuesAreNotReadForVariablesAgain() {
    assertThat(filled("{{lead.name}}", updated("e").field("name", "{{lead.id}} {% if %}")))
        .isEqualTo("{{lead.id}} {% if %}");
  }
}
