package io.voronka.infra.sandbox.kommo.hooks;

import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.kommo.state.Signal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Renders signals as {@code application/x-www-form-urlencoded}, the way PHP does it. */
public final class FormBody {
  private final StringBuilder text = new StringBuilder();

  private FormBody() {}

  /**
   * A hook of the whole account: the account block first, then each entity under its own index
   * within its top key and action. Signals of several kinds may share a body.
   */
  public static String accountHook(KommoAccount account, List<Signal> signals) {
    FormBody body = new FormBody();
    body.add("account[subdomain]", account.card().subdomain());
    body.add("account[id]", String.valueOf(account.card().id()));
    body.add("account[_links][self]", account.self());
    Map<String, Integer> counts = new HashMap<>();
    for (Signal signal : signals) {
      String head =
          signal.top().isEmpty() ? signal.action() : signal.top() + "[" + signal.action() + "]";
      int index = counts.merge(head, 1, Integer::sum) - 1;
      for (Signal.Pair pair : signal.fields()) {
        body.add(head + "[" + index + "]" + pair.key(), pair.value());
      }
    }
    return body.text.toString();
  }

  /** A Digital Pipeline hook: few fields, the account block last and without links. */
  public static String pipelineHook(KommoAccount account, Changes.StageEntry entry) {
    FormBody body = new FormBody();
    String at = entry.created() ? "leads[add][0]" : "leads[status][0]";
    body.add(at + "[id]", String.valueOf(entry.leadId()));
    body.add(at + "[status_id]", String.valueOf(entry.statusId()));
    body.add(at + "[pipeline_id]", String.valueOf(entry.pipelineId()));
    if (!entry.created()) {
      body.add(at + "[old_status_id]", String.valueOf(entry.oldStatusId()));
      body.add(at + "[old_pipeline_id]", String.valueOf(entry.oldPipelineId()));
    }
    body.add("account[id]", String.valueOf(account.card().id()));
    body.add("account[subdomain]", account.card().subdomain());
    return body.text.toString();
  }

  private void add(String key, String value) {
    if (text.length() > 0) {
      text.append('&');
    }
    text.append(encode(key)).append('=').append(encode(value));
  }

  private static String encode(String value) {
    // Java leaves the asterisk alone, PHP does not; otherwise they agree.
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("*", "%2A");
  }
}
