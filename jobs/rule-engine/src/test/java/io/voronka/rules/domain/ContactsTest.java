package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.event;
import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.domain.subject.Contacts;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import org.junit.jupiter.api.Test;

class ContactsTest {
  private static final String GREETING =
      """
      {'id': 'r', 'trigger': {'event': 'lead_updated'}, 'actions': [{'key': 'n', 'add_note': {'text':
       '{{contact.id | default: \\'nobody\\'}} {{contact.name | default: \\'-\\'}} {{contact.code.PHONE | default: \\'-\\'}}'}}]}
      """;

  private static LeadEvents contact(String event, String id) {
    return event(EventKind.CONTACT_UPDATED, event).entity(EntityType.CONTACT, id);
  }

  private static LeadEvents phone(LeadEvents contact, String number) {
    return contact.custom("5", "PHONE", new FieldValue(number, null, "WORK"));
  }

  /** What the rule writes about the lead after these events. */
  private static String greeting(LeadEvents... events) {
    Deciding deciding = Deciding.by(GREETING);
    deciding.after(events);
    deciding.after(updated("last").at(1000));
    return deciding.actions().get(0).getAddNote().getText();
  }

  @Test
  void withoutAnEventOfAContactItIsUnknown() {
    assertThat(greeting()).isEqualTo("nobody - -");
  }

  @Test
  void fieldsAreAsLastSeenEachByItself() {
    assertThat(
            greeting(
                phone(contact("1", "31").field("name", "Ann"), "+7 1"),
                contact("2", "31").at(60).field("name", "Anna"),
                phone(contact("3", "31").at(30), "+7 2"),
                contact("4", "31").at(20).field("name", "late")))
        .isEqualTo("31 Anna +7 2");
  }

  @Test
  void theFirstThatWasHeardOfStandsForTheMainOne() {
    assertThat(
            greeting(
                contact("1", "31").field("name", "Ann"), contact("2", "32").field("name", "Bo")))
        .isEqualTo("31 Ann -");
  }

  @Test
  void anImportSaysWhichIsTheMainOneWhicheverComesFirst() {
    LeadEvents imported =
        event(EventKind.LEAD_IMPORTED, "i")
            .link(EntityType.CONTACT, "32")
            .link(EntityType.CONTACT, "31");
    LeadEvents ann = contact("1", "31").field("name", "Ann");
    LeadEvents bo = contact("2", "32").field("name", "Bo");

    assertThat(greeting(ann, bo, imported)).isEqualTo("32 Bo -");
    assertThat(greeting(imported, ann, bo)).isEqualTo("32 Bo -");
    assertThat(greeting(ann, imported)).as("nothing is known of it").isEqualTo("32 - -");
  }

  @Test
  void aDeletedContactIsForgotten() {
    LeadEvents gone = event(EventKind.CONTACT_DELETED, "d").entity(EntityType.CONTACT, "31");
    LeadEvents ann = contact("1", "31").field("name", "Ann");

    assertThat(greeting(ann, gone)).isEqualTo("nobody - -");
    assertThat(greeting(ann, contact("2", "32").field("name", "Bo"), gone)).isEqualTo("32 Bo -");
  }

  @Test
  void aContactThatLeavesForOtherLeadsIsForgotten() {
    LeadEvents ann = contact("1", "31").at(60).field("name", "Ann").link(EntityType.LEAD, "7");
    LeadEvents late = contact("2", "31").at(30).link(EntityType.LEAD, "5");
    LeadEvents both =
        contact("3", "31").at(90).link(EntityType.LEAD, "7").link(EntityType.LEAD, "8");
    LeadEvents away = contact("4", "31").at(120).link(EntityType.LEAD, "8");

    assertThat(greeting(ann, late, both)).isEqualTo("31 Ann -");
    assertThat(greeting(ann, late, both, away)).isEqualTo("nobody - -");
  }

  @Test
  void littleIsKept() {
    Deciding deciding = Deciding.by(GREETING);
    for (int i = 0; i < 9; i++) {
      deciding.after(contact("e" + i, "3" + i).field("name", "n").field("anything.else", "x"));
    }
    Contacts kept = deciding.state().contacts();
    assertThat(kept.known()).extracting(Contacts.Contact::id).containsExactly("30", "31", "32");
    assertThat(kept.known().get(0).state().fields()).containsOnlyKeys("name");
    assertThat(deciding.state().fields()).as("the lead's own").isEmpty();
  }
}
