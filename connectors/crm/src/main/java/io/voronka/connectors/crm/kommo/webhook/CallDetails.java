package io.voronka.connectors.crm.kommo.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/**
 * The details of a call, which its note carries as JSON in a text, in old upper-case or new
 * lower-case names.
 */
final class CallDetails {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CallDetails() {}

  /**
   * Fields {@code call.uniq, call.phone, call.duration} (seconds) {@code , call.source, call.link,
   * call.status, call.result, call.responsible}; other names under {@code call.} as they are. Null
   * when the text is no JSON object.
   */
  static Map<String, String> parse(String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    JsonNode details;
    try {
      details = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
    if (!details.isObject()) {
      return null;
    }
    Map<String, String> fields = new HashMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> it = details.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = it.next();
      JsonNode value = entry.getValue();
      if (!value.isNull()) {
        fields.put(name(entry.getKey()), value.isValueNode() ? value.asText() : value.toString());
      }
    }
    return fields;
  }

  private static String name(String vendorName) {
    String name = vendorName.toLowerCase(Locale.ROOT);
    if (name.equals("src")) {
      return "call.source";
    }
    return "call." + (name.startsWith("call_") ? name.substring("call_".length()) : name);
  }
}
