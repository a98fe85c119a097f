package io.voronka.jobs.capturecontrol.decode;

import java.util.Map;

/** A row's columns as the types they must have. */
record Columns(String table, Map<String, String> values) {

  String text(String column) throws RejectedRowException {
    String value = orNull(column);
    if (value == null) {
      throw new RejectedRowException(RejectReason.NULL_VALUE, table + "." + column);
    }
    return value;
  }

  String orNull(String column) throws RejectedRowException {
    if (!values.containsKey(column)) {
      throw new RejectedRowException(RejectReason.MISSING_COLUMN, table + "." + column);
    }
    return values.get(column);
  }

  long number(String column) throws RejectedRowException {
    try {
      return Long.parseLong(text(column));
    } catch (NumberFormatException e) {
      throw new RejectedRowException(
          RejectReason.BAD_VALUE, table + "." + column + " is not a whole number");
    }
  }

  int integer(String column) throws RejectedRowException {
    long value = number(column);
    if (value != (int) value) {
      throw new RejectedRowException(
          RejectReason.BAD_VALUE, table + "." + column + " does not fit into an integer");
    }
    return (int) value;
  }

  boolean flag(String column) throws RejectedRowException {
    return switch (text(column)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new RejectedRowException(
              RejectReason.BAD_VALUE, table + "." + column + " is neither true nor false");
    };
  }
}
