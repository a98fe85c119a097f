package io.voronka.connectors.crm;

import java.util.List;

/**
 * Part of a list, in the order asked for.
 *
 * @param unreadable how many more items the vendor sent that lack what makes them usable: an id, a
 *     name, a time
 * @param more whether there is a next page
 */
public record Page<T>(List<T> items, int unreadable, boolean more) {
  public Page {
    items = List.copyOf(items);
  }
}
