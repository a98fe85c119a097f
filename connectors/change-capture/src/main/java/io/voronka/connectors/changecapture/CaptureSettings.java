package io.voronka.connectors.changecapture;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * What to capture, and from where.
 *
 * @param password asked for where the connection is opened, on the cluster, so that a submitted job
 *     carries no secret
 * @param slot the replication slot, made when it is missing; one reader each. Its name with a
 *     number appended is used for a short-lived second slot while tables are first read
 * @param publication must exist and hold the tables
 * @param tables with their schema: {@code public.tenants}
 */
public record CaptureSettings(
    String host,
    int port,
    String database,
    String user,
    SerializableSupplier<String> password,
    String slot,
    String publication,
    List<String> tables)
    implements Serializable {

  public CaptureSettings {
    slotName(slot);
    if (tables.isEmpty() || tables.stream().anyMatch(table -> !table.contains("."))) {
      throw new IllegalArgumentException("tables are named with their schema, not " + tables);
    }
    tables = List.copyOf(tables);
  }

  /**
   * Checks the name of a slot.
   *
   * @throws IllegalArgumentException when it cannot be one
   */
  public static String slotName(String slot) {
    if (!slot.matches("[a-z0-9_]{1,50}")) {
      throw new IllegalArgumentException(
          "a slot's name is 1 to 50 of a-z, 0-9 and _, not \"" + slot + "\"");
    }
    return slot;
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "%s@%s:%d/%s slot %s publication %s tables %s"
        .formatted(user, host, port, database, slot, publication, tables);
  }
}
