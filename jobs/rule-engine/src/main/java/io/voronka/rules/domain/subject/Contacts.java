package io.voronka.rules.domain.subject;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The people of a lead, as far as texts may name them: its main contact. Which one that is only an
 * import tells; until then a few are kept, and the first that was heard of stands for it.
 *
 * @param main id of the main contact; null while nobody has told
 * @param known what their own events told, in the order in which they were first heard of
 */
public record Contacts(String main, List<Contact> known) {
  public static final Contacts NONE = new Contacts(null, List.of());

  /** Standard fields that are kept of a contact; custom fields are kept all. */
  public static final Set<String> FIELDS =
      Set.of(
          "name",
          "first_name",
          "last_name",
          "responsible_user_id",
          "created_user_id",
          "modified_user_id",
          "date_create",
          "last_modified",
          "created_at",
          "updated_at",
          "company_name");

  private static final int MOST = 3;

  public Contacts {
    known = known == null ? List.of() : known;
  }

  /**
   * One contact.
   *
   * @param state its fields; nothing else of it is known
   */
  public record Contact(String id, SubjectState state) {
    static final Contact UNKNOWN = new Contact(null, SubjectState.EMPTY);
  }

  /** The main contact; its id is null when there is none that we know of. */
  Contact first() {
    if (main == null) {
      return known.isEmpty() ? Contact.UNKNOWN : known.get(0);
    }
    return known.isEmpty() ? new Contact(main, SubjectState.EMPTY) : known.get(0);
  }

  /** What is known after an event about the lead itself, which may name its contacts. */
  Contacts afterLead(CrmEvent event) {
    for (EntityRef link : event.getLinks()) {
      if (link.getType() == EntityType.CONTACT) {
        return link.getId().equals(main) ? this : only(link.getId());
      }
    }
    return this;
  }

  /** What is known after an event of a contact of the lead. */
  Contacts afterContact(CrmEvent event) {
    String id = event.getEntityId();
    if (event.getKind() == EventKind.CONTACT_DELETED || leaves(event)) {
      return without(id);
    }
    if (main != null && !main.equals(id)) {
      return this;
    }
    List<Contact> after = new ArrayList<>(known);
    for (int i = 0; i < after.size(); i++) {
      if (after.get(i).id().equals(id)) {
        after.set(i, new Contact(id, merged(after.get(i).state(), event)));
        return new Contacts(main, after);
      }
    }
    if (after.size() == MOST) {
      return this;
    }
    after.add(new Contact(id, merged(SubjectState.EMPTY, event)));
    return new Contacts(main, after);
  }

  /** True when the contact's leads are named anew, and the one that is told is none of them. */
  private boolean leaves(CrmEvent event) {
    boolean others = false;
    for (EntityRef link : event.getLinks()) {
      if (link.getType() == EntityType.LEAD) {
        if (link.getId().equals(event.getSubjectId())) {
          return false;
        }
        others = true;
      }
    }
    return others
        && known.stream()
            .filter(contact -> contact.id().equals(event.getEntityId()))
            .noneMatch(contact -> StateMerge.stale(event, contact.state().asOf()));
  }

  private Contacts only(String id) {
    return new Contacts(id, known.stream().filter(contact -> contact.id().equals(id)).toList());
  }

  private Contacts without(String id) {
    return new Contacts(
        id.equals(main) ? null : main,
        known.stream().filter(contact -> !contact.id().equals(id)).toList());
  }

  private static SubjectState merged(SubjectState before, CrmEvent event) {
    Map<String, String> kept = new HashMap<>();
    event
        .getFields()
        .forEach(
            (name, value) -> {
              if (FIELDS.contains(name)) {
                kept.put(name, value);
              }
            });
    return SubjectState.of(
        StateMerge.newest(event, before.asOf()),
        StateMerge.fields(before, event, kept),
        StateMerge.customFields(before, event));
  }
}
