package io.voronka.infra.local.soak;

import io.voronka.infra.sandbox.client.LoadSpec;
import io.voronka.schemas.CrmEvent;
import java.util.Map;

/**
 * One stream of webhooks, each of which is about a lead of its own.
 *
 * @param rules how many fire for each, with one action each
 */
record Flow(LoadSpec load, int rules) {
  private static final String ENTERED = Long.toString(MixedRules.DISCUSSION);

  Map<String, String> filter() {
    return Map.of("load", load.id());
  }

  /** The mark of the change that an event tells of; null when it is not of this load. */
  String markIn(CrmEvent event) {
    Map<String, String> fields = event.getFields();
    // What a rule moves on has the lead's name, too.
    boolean moved =
        load.kind() != LoadSpec.Kind.LEAD_MOVED || ENTERED.equals(fields.get("status_id"));
    String text =
        load.kind() == LoadSpec.Kind.MESSAGE_RECEIVED ? fields.get("text") : fields.get("name");
    return moved && text != null && text.startsWith(load.id() + "-") ? text : null;
  }
}
