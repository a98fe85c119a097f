package io.voronka.infra.local.apply;

import java.util.List;

/**
 * What applying does, or would do, to one thing.
 *
 * @param differences field by field: {@code name: old -> new}; empty for what is created or gone
 */
record Change(Sort sort, String kind, String key, List<String> differences) {

  enum Sort {
    CREATED("+"),
    CHANGED("~"),
    REMOVED("-");

    private final String sign;

    Sort(String sign) {
      this.sign = sign;
    }
  }

  @Override
  public String toString() {
    String head = sort.sign + " " + kind + " " + key;
    return differences.isEmpty() ? head : head + "\n    " + String.join("\n    ", differences);
  }
}
