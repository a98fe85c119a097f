package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RecipientKeys;
import io.voronka.schemas.TenantRow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A client says with one word that it wants no more messages. The word has to be the whole message,
 * blanks and punctuation around it aside: who writes "stop by tomorrow" wants to be answered.
 */
public final class OptOutWords {
  /** What opts out where the tenant says nothing else. */
  public static final List<String> USUAL =
      List.of("стоп", "отписаться", "отписка", "отпишите", "stop", "unsubscribe", "opt out");

  /** As long as a word may be, and what may stand around it. */
  private static final int LONGEST_MESSAGE = 64;

  private static final String TEXT = "text";
  private static final Pattern AROUND = Pattern.compile("^[\\p{P}\\p{S}\\s]+|[\\p{P}\\p{S}\\s]+$");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private OptOutWords() {}

  /** Whether it is worth comparing: a short message of a client. */
  public static boolean mayBe(CrmEvent event) {
    if (event.getKind() != EventKind.MESSAGE_RECEIVED) {
      return false;
    }
    String text = event.getFields().get(TEXT);
    return text != null && !text.isBlank() && text.length() <= LONGEST_MESSAGE;
  }

  /** Whether the message is one of the tenant's words. */
  public static boolean says(TenantRow tenant, CrmEvent event) {
    List<String> words = tenant.getOptOutWords() == null ? USUAL : tenant.getOptOutWords();
    String message = plain(event.getFields().get(TEXT));
    return !message.isEmpty() && words.stream().anyMatch(word -> plain(word).equals(message));
  }

  /**
   * Who has said it: the contact; where that is not known, whoever is in this talk, and whoever is
   * this lead's. Empty: nothing is known.
   */
  public static List<String> recipients(CrmEvent event) {
    List<String> contact = named(event, EntityType.CONTACT);
    if (!contact.isEmpty()) {
      return contact;
    }
    return Stream.of(EntityType.TALK, EntityType.LEAD)
        .flatMap(type -> named(event, type).stream())
        .toList();
  }

  private static List<String> named(CrmEvent event, EntityType type) {
    return id(event, type).map(id -> RecipientKeys.of(event, type, id)).stream().toList();
  }

  private static Optional<String> id(CrmEvent event, EntityType type) {
    if (event.getSubjectType() == type) {
      return Optional.of(event.getSubjectId());
    }
    return event.getLinks().stream()
        .filter(link -> link.getType() == type)
        .map(EntityRef::getId)
        .findFirst();
  }

  private static String plain(String text) {
    String bare = AROUND.matcher(text).replaceAll("");
    return BLANKS.matcher(bare).replaceAll(" ").toLowerCase(Locale.ROOT);
  }
}
