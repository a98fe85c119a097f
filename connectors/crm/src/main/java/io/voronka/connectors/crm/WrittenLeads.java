package io.voronka.connectors.crm;

import java.util.Set;

/**
 * A write of several leads that the vendor took.
 *
 * @param ids of those that its answer names
 * @param status HTTP status
 */
public record WrittenLeads(Set<String> ids, int status) {
  public WrittenLeads {
    ids = Set.copyOf(ids);
  }
}
