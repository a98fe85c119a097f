package io.voronka.rules.domain.action;

import io.voronka.rules.domain.subject.Contacts;
import io.voronka.rules.domain.subject.KnownCustom;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.rules.domain.subject.Value;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.Recipient;
import io.voronka.schemas.RecipientKeys;
import io.voronka.schemas.SendEmail;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Whom an action is for: what is known of the person, so that it can be judged once more. */
final class Recipients {
  private static final Set<String> ADDRESSES = Set.of("PHONE", "EMAIL");

  private Recipients() {}

  /**
   * Null for actions that speak to nobody, and while nobody is known.
   *
   * @param mail null when it is none
   */
  static Recipient of(SubjectView view, ActionKind kind, SendEmail mail) {
    return switch (kind) {
      case SEND_MESSAGE, AI_RESPONSE, RUN_SALESBOT -> contact(view);
      case SEND_EMAIL -> addressed(contact(view), mail.getTo());
      case UNKNOWN,
          CHANGE_STAGE,
          UPDATE_FIELD,
          CREATE_TASK,
          WEBHOOK,
          ADD_NOTE,
          ADD_TAGS,
          START_SEQUENCE,
          STOP_SEQUENCE ->
          null;
    };
  }

  /** A mail to a colleague is none to the client. */
  private static Recipient addressed(Recipient client, String to) {
    boolean clients =
        client != null
            && client.getAddresses().stream()
                .anyMatch(address -> RecipientKeys.mail(address).equals(RecipientKeys.mail(to)));
    return clients ? client : null;
  }

  private static Recipient contact(SubjectView view) {
    if (view.subject().type() == EntityType.CONTACT) {
      return new Recipient(view.subject().id(), addresses(view.after()));
    }
    Contacts.Contact contact = view.contact();
    return contact.id() == null ? null : new Recipient(contact.id(), addresses(contact.state()));
  }

  private static List<String> addresses(SubjectState state) {
    List<String> addresses = new ArrayList<>();
    for (KnownCustom field : state.customFields().values()) {
      if (field.code() != null && ADDRESSES.contains(field.code())) {
        field.values().stream().map(Value::text).filter(Objects::nonNull).forEach(addresses::add);
      }
    }
    addresses.sort(null);
    return addresses;
  }
}
