package io.voronka.rules.domain.subject;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names that nearly every lead has, each with a small number: where its value stands in {@link
 * StandardFields}, and what is written in its place. Append only.
 */
public final class FieldNames {
  private static final List<String> NAMES =
      List.of(
          "id",
          "name",
          "status_id",
          "old_status_id",
          "price",
          "responsible_user_id",
          "old_responsible_user_id",
          "last_modified",
          "modified_user_id",
          "created_user_id",
          "date_create",
          "pipeline_id",
          "old_pipeline_id",
          "account_id",
          "created_at",
          "updated_at",
          "type",
          "company_name",
          "linked_company_id",
          "main_contact_id",
          "loss_reason_id",
          "closed_at",
          "closest_task_at",
          "score",
          "group_id",
          "is_deleted",
          "first_name",
          "last_name");

  private static final Map<String, Integer> CODES = new HashMap<>();

  static {
    for (int i = 0; i < NAMES.size(); i++) {
      CODES.put(NAMES.get(i), i + 1);
    }
  }

  private FieldNames() {}

  /** The highest code. */
  static int count() {
    return NAMES.size();
  }

  /** From one; 0 when the name has no code. */
  public static int code(String name) {
    return CODES.getOrDefault(name, 0);
  }

  /** In the order of their codes. */
  public static List<String> all() {
    return NAMES;
  }

  /** Of a code. */
  public static String name(int code) {
    return NAMES.get(code - 1);
  }
}
