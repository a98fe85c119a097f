package io.voronka.rules.domain.text;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.rules.domain.subject.Surroundings;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Texts of the tests, and something to fill them from. */
final class Texts {
  private Texts() {}

  static Text text(String source) {
    List<String> problems = new ArrayList<>();
    Text text = Text.parse(source, problems::add);
    if (!problems.isEmpty()) {
      throw new AssertionError(problems.toString());
    }
    return text;
  }

  static List<String> problems(String source) {
    List<String> problems = new ArrayList<>();
    Text.parse(source, problems::add);
    return problems;
  }

  /** Fills a text from an event of which nothing else is known. */
  static String filled(String source, LeadEvents event) {
    return text(source).fill(SubjectView.of(SubjectState.EMPTY, event.build(), 0));
  }

  /** Fills a text from an event of a tenant in Moscow. */
  static String filled(String source, LeadEvents event, String locale) {
    return text(source).fill(view(event, locale));
  }

  static SubjectView view(LeadEvents event, String locale) {
    LeadEvents contact =
        LeadEvents.event(EventKind.CONTACT_CREATED, "c")
            .entity(EntityType.CONTACT, "31")
            .field("name", "Анна Петрова")
            .field("first_name", "Анна")
            .custom(
                "5",
                "PHONE",
                new FieldValue("+7 1", null, null),
                new FieldValue("+7 2", null, null));
    Surroundings surroundings =
        new Surroundings(
            new Surroundings.Tenant(
                "Acme", ZoneId.of("Europe/Moscow"), Locale.forLanguageTag(locale)),
            "acme-sales",
            Map.of("seller", "Вера"),
            Map.of("501", "Олег"),
            Map.of("1", new Surroundings.Pipeline("Продажи", Map.of("142", "Успешно"))));
    SubjectState known = SubjectView.of(SubjectState.EMPTY, contact.build(), 0).after();
    SubjectView view = SubjectView.of(known, event.build(), LeadEvents.T0, surroundings);
    view.begin("seller");
    return view;
  }
}
