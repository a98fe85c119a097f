package io.voronka.connectors.crm.kommo.form;

import java.nio.charset.StandardCharsets;

/**
 * The usual names of Kommo's hooks, so that bodies share their strings instead of making them anew.
 */
final class KnownNames {
  private static final String WORDS =
      """
          account subdomain id _links self leads contacts companies customers task tasks
          unsorted catalogs message outgoing_message talk add update delete restore status
          responsible note call_in call_out chat site_visit mail_in period event action
          settings name status_id old_status_id price responsible_user_id
          old_responsible_user_id last_modified modified_user_id created_user_id
          date_create pipeline_id old_pipeline_id account_id custom_fields tags created_at
          updated_at values value enum code enum_id enum_code company_name
          linked_company_id linked_leads_id ID type element_id element_type task_type text
          complete_till complete_before action_close old_text result main_user modified_by
          created_by main_user_id attachement note_type catalog_id group_id timestamp_x
          metadata chat_id talk_id contact_id entity_id entity_type author avatar_url
          origin message_type source_id attachment link file_name user_id recipient rate
          is_in_work is_read uid category source source_data data form_id form_type
          form_name date from ip datetime referer country city continent_code visitor_uid
          request_id lead_id accept_result decline_result date_modify deleted content
          is_editable reviews reject_reason is_on_review waba_footer waba_category
          waba_language type_code period_id old_period_id direction_of_movement time
          closest_task_at loss_reason_id closed_at
      """;

  /**
   * Power of two, large enough that few names share a slot; a name that loses its slot is only made
   * anew.
   */
  private static final int SLOTS = 4096;

  private static final int NUMBERS = 64;

  private static final String[] TABLE = table();

  private KnownNames() {}

  /** The shared string that these plain bytes spell, or null. */
  static String find(byte[] body, int from, int to) {
    String name = TABLE[slot(body, from, to)];
    if (name == null || name.length() != to - from) {
      return null;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != body[from + i]) {
        return null;
      }
    }
    return name;
  }

  private static String[] table() {
    String[] table = new String[SLOTS];
    for (String word : WORDS.trim().split("\\s+")) {
      put(table, word);
    }
    for (int number = 0; number < NUMBERS; number++) {
      put(table, Integer.toString(number));
    }
    return table;
  }

  private static void put(String[] table, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    table[slot(bytes, 0, bytes.length)] = name;
  }

  private static int slot(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + bytes[i];
    }
    return (hash ^ hash >>> 12) & (SLOTS - 1);
  }
}
