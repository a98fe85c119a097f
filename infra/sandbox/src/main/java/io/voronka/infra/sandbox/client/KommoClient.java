package io.voronka.infra.sandbox.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.kommo.model.Webhook;
import io.voronka.infra.sandbox.web.Json;
import java.util.List;

/**
 * One Kommo account, seen by its people and its administrator: no token, no limits. Each action
 * makes the webhooks that a person's click would make; use {@link #act} to hold them back, to put
 * several changes into one body, or to wait for the receivers' answers.
 */
public final class KommoClient {
  private final AdminHttp http;
  private final String subdomain;
  private final String path;

  KommoClient(AdminHttp http, String subdomain) {
    this.http = http;
    this.subdomain = subdomain;
    this.path = "/_admin/kommo/" + subdomain;
  }

  /** The account's API base address, what {@code https://acme.kommo.com} is in reality. */
  public String apiBase() {
    return http.address() + "/kommo/" + subdomain;
  }

  /** {@code {"account", "webhooks", "leads", "tasks", "calls": {status: count}}}. */
  public JsonNode show() {
    return http.call("GET", path, null);
  }

  /** Replaces parts of the account's card, such as {@code {"chat_quota": 5}} or its limits. */
  public void change(JsonNode parts) {
    http.call("PATCH", path, parts);
  }

  /** Connects a channel of the chats API; its bot may speak from now on. */
  public void connectChannel(String scopeId, String secret, String botId) {
    ObjectNode parts = Json.object();
    parts
        .putObject("chat_channel")
        .put("scope_id", scopeId)
        .put("secret", secret)
        .put("bot_id", botId);
    change(parts);
  }

  /** Sends these events of the account to {@code destination} from now on; replaces settings. */
  public Webhook subscribe(String destination, List<String> settings) {
    ObjectNode body = Json.object().put("destination", destination);
    body.set("settings", Json.tree(settings));
    return http.send("POST", path + "/webhooks", body, Webhook.class);
  }

  /** A Digital Pipeline trigger: leads that enter the stage are told to {@code destination}. */
  public void addPipelineHook(long pipelineId, long statusId, String destination) {
    ObjectNode body = Json.object().put("pipeline_id", pipelineId).put("status_id", statusId);
    http.call("POST", path + "/pipeline-hooks", body.put("destination", destination));
  }

  /** A fresh pair for the account's first integration. */
  public Credentials issueTokens() {
    JsonNode made = http.call("POST", path + "/tokens", Json.object().put("kind", "pair"));
    return new Credentials(
        made.path("client_id").asText(),
        null,
        null,
        made.path("access_token").asText(),
        made.path("refresh_token").asText());
  }

  /** An authorization code for the account's first integration. */
  public String issueCode() {
    return http.call("POST", path + "/tokens", Json.object().put("kind", "code"))
        .path("code")
        .asText();
  }

  /** Makes all access tokens invalid, as if they had expired. */
  public void revokeAccessTokens() {
    http.call("DELETE", path + "/tokens?kind=access", null);
  }

  /** Forgets the account's counts of requests and lifts a block. */
  public void unblock() {
    http.call("POST", path + "/unblock", null);
  }

  /**
   * Does what people do.
   *
   * @param body {@code {"actions": [{"do": …}], "batch", "hold", "silent", "wait", "mark", "by"}}
   */
  public ActResult act(JsonNode body) {
    return http.send("POST", path + "/act", body, ActResult.class);
  }

  /** Does one thing and waits for its webhooks' first answers. */
  public ActResult act(ObjectNode action, String mark) {
    ObjectNode body = Json.object().put("wait", true).put("mark", mark);
    ArrayNode actions = body.putArray("actions");
    actions.add(action);
    return act(body);
  }

  /** An action to fill in: {@code KommoClient.action("move_lead").put("id", 1)…}. */
  public static ObjectNode action(String what) {
    return Json.object().put("do", what);
  }

  /** Makes a lead without telling anybody; answers its id. */
  public long createLeadSilently(String name, long pipelineId, long statusId) {
    ObjectNode body = Json.object().put("silent", true);
    body.putArray("actions")
        .add(
            action("create_lead")
                .put("name", name)
                .put("pipeline_id", pipelineId)
                .put("status_id", statusId));
    return act(body).id();
  }

  public ActResult createLead(String name, long pipelineId, long statusId) {
    return act(
        action("create_lead")
            .put("name", name)
            .put("pipeline_id", pipelineId)
            .put("status_id", statusId),
        null);
  }

  public ActResult moveLead(long leadId, long pipelineId, long statusId) {
    return act(
        action("move_lead")
            .put("id", leadId)
            .put("pipeline_id", pipelineId)
            .put("status_id", statusId),
        null);
  }

  /** Sets a custom field to a text. */
  public ActResult setField(long leadId, long fieldId, String value) {
    ObjectNode action = action("update_lead").put("id", leadId);
    action
        .putArray("custom_fields_values")
        .addObject()
        .put("field_id", fieldId)
        .putArray("values")
        .addObject()
        .put("value", value);
    return act(action, null);
  }

  /** Opens a talk of the lead; answers the talk's id. */
  public long openTalk(long leadId) {
    return act(action("open_talk").put("lead_id", leadId), null).id();
  }

  /** The client writes. */
  public ActResult receiveMessage(long talkId, String text) {
    return act(action("receive_message").put("talk_id", talkId).put("text", text), null);
  }

  /** A person answers the client. */
  public ActResult sendMessage(long talkId, String text) {
    return act(action("send_message").put("talk_id", talkId).put("text", text), null);
  }

  public ActResult addNote(long leadId, String text) {
    return act(action("add_note").put("entity_id", leadId).put("text", text), null);
  }

  /**
   * A lead as REST v4 shows it, plus {@code tasks}, {@code notes} and {@code messages} (of its
   * talks).
   */
  public JsonNode lead(long leadId) {
    return http.call("GET", path + "/leads/" + leadId, null);
  }
}
