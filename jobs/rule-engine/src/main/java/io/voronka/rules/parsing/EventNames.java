package io.voronka.rules.parsing;

import io.voronka.schemas.EventKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Kinds of events as definitions name them: lead_created or lead-created. */
public final class EventNames {
  /** What was imported is nothing that happened: it must not set anything off. */
  private static final Set<EventKind> NOT_FOR_RULES =
      EnumSet.of(
          EventKind.UNKNOWN,
          EventKind.TICK,
          EventKind.LEAD_IMPORTED,
          EventKind.CONTACT_IMPORTED,
          EventKind.COMPANY_IMPORTED);

  private EventNames() {}

  /** The kinds that are named, one or several. */
  public static Set<EventKind> read(Node node) {
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    for (Node item : node.oneOrMore()) {
      item.text().flatMap(name -> named(name, item)).ifPresent(kinds::add);
    }
    return kinds;
  }

  /**
   * @param told of it when there is no such kind
   */
  static Optional<EventKind> named(String name, Node told) {
    EventKind kind = find(name);
    if (kind == null) {
      told.problem("unknown event " + name + "; known are " + known());
    }
    return Optional.ofNullable(kind);
  }

  private static EventKind find(String name) {
    String normal = name.toUpperCase(Locale.ROOT).replace('-', '_');
    for (EventKind kind : EventKind.values()) {
      if (kind.name().equals(normal) && !NOT_FOR_RULES.contains(kind)) {
        return kind;
      }
    }
    return null;
  }

  private static String known() {
    List<String> names = new ArrayList<>();
    for (EventKind kind : EventKind.values()) {
      if (!NOT_FOR_RULES.contains(kind)) {
        names.add(kind.name().toLowerCase(Locale.ROOT));
      }
    }
    return String.join(", ", names);
  }
}
