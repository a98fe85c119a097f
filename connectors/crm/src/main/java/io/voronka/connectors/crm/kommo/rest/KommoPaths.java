package io.voronka.connectors.crm.kommo.rest;

import io.voronka.connectors.crm.kommo.rest.KommoCall.InvalidRequestException;
import io.voronka.schemas.EntityType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Paths below the interface's base. Ids come from rules and hooks, so nothing but numbers gets into
 * one.
 */
final class KommoPaths {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,18}");

  private static final int MOST_OF_EVENTS = 10;

  private KommoPaths() {}

  /** {@code /leads/1}. */
  static String entity(EntityType type, String id) throws InvalidRequestException {
    return '/' + plural(type) + '/' + number("id", id);
  }

  /** {@code /leads?filter[id][]=1&filter[id][]=2}: without a filter it would be all of them. */
  static String leads(List<String> ids) throws InvalidRequestException {
    if (ids.isEmpty()) {
      throw new InvalidRequestException("no lead to read");
    }
    StringBuilder path = new StringBuilder("/leads");
    for (String id : ids) {
      path.append(path.length() == "/leads".length() ? '?' : '&')
          .append("filter%5Bid%5D%5B%5D=")
          .append(number("lead id", id));
    }
    return path.toString();
  }

  /** Of up to ten leads the vendor picks out the moves; of more it lists those of all leads. */
  static String moves(List<String> leadIds, String by, Instant from)
      throws InvalidRequestException {
    return events("filter%5Btype%5D=lead_status_changed", leadIds, by, from);
  }

  /** As {@link #moves}, of what was written into fields. */
  static String writes(List<String> leadIds, Set<String> fields, String by, Instant from)
      throws InvalidRequestException {
    StringBuilder types = new StringBuilder();
    for (String field : new TreeSet<>(fields)) {
      types
          .append(types.length() == 0 ? "" : "&")
          .append("filter%5Btype%5D%5B%5D=")
          .append(writeOf(field));
    }
    return events(types.toString(), leadIds, by, from);
  }

  private static String writeOf(String field) throws InvalidRequestException {
    StandardFieldEvent standard = StandardFieldEvent.ofField(field);
    return standard == null
        ? "custom_field_" + number("field id", field) + "_value_changed"
        : standard.type();
  }

  private static String events(String types, List<String> leadIds, String by, Instant from)
      throws InvalidRequestException {
    StringBuilder path =
        new StringBuilder("/events?limit=100&")
            .append(types)
            .append("&filter%5Bentity%5D=lead&filter%5Bcreated_at%5D%5Bfrom%5D=")
            .append(from.getEpochSecond());
    if (by != null) {
      path.append("&filter%5Bcreated_by%5D%5B%5D=").append(number("user id", by));
    }
    if (leadIds.size() <= MOST_OF_EVENTS) {
      for (String id : leadIds) {
        path.append("&filter%5Bentity_id%5D%5B%5D=").append(number("lead id", id));
      }
    }
    return path.toString();
  }

  /** {@code leads}: in paths and as a word in bodies. */
  static String plural(EntityType type) throws InvalidRequestException {
    return switch (type) {
      case LEAD -> "leads";
      case CONTACT -> "contacts";
      case COMPANY -> "companies";
      case CUSTOMER -> "customers";
      case UNKNOWN, NONE, TASK, NOTE, MESSAGE, TALK, INCOMING_LEAD, CATALOG_ITEM, TEMPLATE ->
          throw new InvalidRequestException("no lead, contact, company or customer but " + type);
    };
  }

  /** The id itself when it is a positive number. */
  static String number(String what, String id) throws InvalidRequestException {
    if (id == null || !NUMBER.matcher(id).matches()) {
      throw new InvalidRequestException(what + " is not a positive number");
    }
    return id;
  }

  static long asLong(String what, String id) throws InvalidRequestException {
    try {
      return Long.parseLong(number(what, id));
    } catch (NumberFormatException e) {
      throw new InvalidRequestException(what + " is too large");
    }
  }
}
