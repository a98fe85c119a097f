package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.RecipientKeys;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The client at the other end of an action.
 *
 * @param names all that is known of who it is, as {@link RecipientKeys} has it
 * @param places where a colleague would speak with the same client: {@code TALK/55}, {@code
 *     CONTACT/7}, {@code LEAD/100}, all of the action's account
 */
public record Addressee(Set<String> names, Set<String> places) {
  public static final Addressee NOBODY = new Addressee(Set.of(), Set.of());

  public Addressee {
    names = Set.copyOf(names);
    places = Set.copyOf(places);
  }

  static Addressee of(ActionRequested request) {
    if (!reached(request.getKind())) {
      return NOBODY;
    }
    Set<String> places = new LinkedHashSet<>();
    places.add(place(request.getSubjectType(), request.getSubjectId()));
    if (request.getRecipient() != null && request.getRecipient().getContactId() != null) {
      places.add(place(EntityType.CONTACT, request.getRecipient().getContactId()));
    }
    if (talkId(request) != null) {
      places.add(place(EntityType.TALK, talkId(request)));
    }
    return new Addressee(RecipientKeys.of(request), places);
  }

  /** Whether an action of this kind speaks to a client. */
  static boolean reached(ActionKind kind) {
    return kind == ActionKind.AI_RESPONSE || ofOurOwnAccord(kind);
  }

  /** What rings at a client's. An agent's answer is no disturbance: the client has just written. */
  static boolean ofOurOwnAccord(ActionKind kind) {
    return kind == ActionKind.SEND_MESSAGE
        || kind == ActionKind.SEND_EMAIL
        || kind == ActionKind.RUN_SALESBOT;
  }

  /** Where something was said. */
  public static Set<String> places(CrmEvent spoken) {
    Set<String> places = new LinkedHashSet<>();
    addPlace(places, spoken.getSubjectType(), spoken.getSubjectId());
    for (EntityRef link : spoken.getLinks()) {
      addPlace(places, link.getType(), link.getId());
    }
    return places;
  }

  private static void addPlace(Set<String> places, EntityType type, String id) {
    if (type == EntityType.TALK || type == EntityType.CONTACT || type == EntityType.LEAD) {
      places.add(place(type, id));
    }
  }

  /**
   * Under what the client's mails or messages are counted: a mail by its address; a message by
   * contact and by lead, since the contact is not always known.
   */
  Set<String> counted(ActionKind kind) {
    Set<String> counted = new LinkedHashSet<>();
    String own = kind == ActionKind.SEND_EMAIL ? "mail:" : "contact:";
    names.stream().filter(name -> name.startsWith(own)).forEach(counted::add);
    if (kind != ActionKind.SEND_EMAIL) {
      String lead = EntityType.LEAD.name() + '/';
      places.stream().filter(place -> place.startsWith(lead)).forEach(counted::add);
    }
    return counted;
  }

  private static String talkId(ActionRequested request) {
    if (request.getSendMessage() != null) {
      return request.getSendMessage().getTalkId();
    }
    return request.getAiResponse() == null ? null : request.getAiResponse().getTalkId();
  }

  private static String place(EntityType type, String id) {
    return type.name() + '/' + id;
  }
}
