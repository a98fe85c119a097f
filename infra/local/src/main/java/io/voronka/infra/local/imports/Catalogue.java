package io.voronka.infra.local.imports;

import io.voronka.connectors.crm.FieldDefinition;
import io.voronka.connectors.crm.Pipeline;
import io.voronka.connectors.crm.User;
import java.util.List;

/** What describes an account. */
record Catalogue(Part<Pipeline> pipelines, Part<FieldDefinition> fields, Part<User> users) {

  /**
   * One table's worth.
   *
   * @param unreadable how many more there are that could not be read; while there are any, nothing
   *     can be told to be gone
   */
  record Part<T>(List<T> items, int unreadable) {
    Part {
      items = List.copyOf(items);
    }
  }
}
