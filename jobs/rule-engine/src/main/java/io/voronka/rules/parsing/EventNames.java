package io.voronka.rules.parsing;

import io.voronka.schemas.EventKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Kinds of events as definitions name them: lead_created or lead-created. */
final class EventNames {
  /** What was imported is nothing that happened: it must not set anything off. */
  private static final Set<EventKind> NOT_FOR_RULES =
      EnumSet.of(
          EventKind.UNKNOWN,
          EventKind.TICK,
          EventKind.LEAD_IMPORTED,
          EventKind.CONTACT_IMPORTED,
          EventKind.COMPANY_IMPORTED);

  private EventNames() {}

  static Set<EventKind> read(Node node) {
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    for (Node item : node.oneOrMore()) {
      item.text()
          .ifPresent(
              name -> {
                EventKind kind = find(name);
                if (kind == null) {
                  item.problem("unknown event " + name + "; known are " + known());
                } else {
                  kinds.add(kind);
                }
              });
    }
    return kinds;
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
