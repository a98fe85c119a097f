package io.voronka.connectors.changecapture;

import java.util.Map;

/**
 * One row that was read or changed. Public and flat, so that Flink serializes it as a POJO.
 *
 * @param table the table's name without its schema
 * @param op what happened
 * @param before the row as it was, by column; null for READ and INSERT. For DELETE it is whole with
 *     REPLICA IDENTITY FULL, otherwise only the key's columns are not null
 * @param after the row as it is, by column; null for DELETE. Values are text: booleans {@code true}
 *     and {@code false}, numbers in decimal, times in ISO 8601, json as it is stored; null for SQL
 *     NULL
 * @param committedAt when the change was committed, epoch milliseconds of the database's clock; 0
 *     for READ
 * @param position the change's place in the write-ahead log; grows along the stream
 */
public record RowChange(
    String table,
    Op op,
    Map<String, String> before,
    Map<String, String> after,
    long committedAt,
    long position) {

  /** READ while the tables are first read whole, the others afterwards, in commit order. */
  public enum Op {
    READ,
    INSERT,
    UPDATE,
    DELETE
  }

  /** The row the change is about: as it is, or as it was when it is gone. */
  public Map<String, String> row() {
    return after == null ? before : after;
  }
}
