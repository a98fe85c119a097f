package io.voronka.jobs.executeactions.outside;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Kommo account with just the calls that the executor makes, in Kommo's shapes. */
public final class KommoStandIn implements AutoCloseable {
  private static final String API = "/kommo/acme/api/v4";
  private static final String CHATS = "/v2/origin/custom/";

  private static final String FILLED =
      "[{\"field_id\":575809,\"field_code\":\"SOURCE\",\"values\":[{\"value\":\"x\"}]}]";

  /** What is done with a write instead of answering it well. */
  public enum Mishap {
    /** Answered well after all. */
    NONE,
    /** Done, but the answer is lost. */
    DONE_AND_DROPPED,
    /** Lost on its way. */
    DROPPED,
    TOO_MANY,
    UNAVAILABLE
  }

  /** A write that took effect. */
  public record Write(String path, String body, long atMillis) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger ids = new AtomicInteger(1000);
  private final Queue<Mishap> mishaps = new ConcurrentLinkedQueue<>();
  private final List<Write> writes = new CopyOnWriteArrayList<>();
  private final List<Long> requests = new CopyOnWriteArrayList<>();
  private final List<String> tasks = new CopyOnWriteArrayList<>();
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final Map<String, List<String>> messages = new ConcurrentHashMap<>();
  private final Map<String, String> talks = new ConcurrentHashMap<>();
  private final Set<String> lonely = ConcurrentHashMap.newKeySet();
  private final List<String> moves = new CopyOnWriteArrayList<>();
  private final Map<String, Long> changed = new ConcurrentHashMap<>();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final Map<String, String> stages = new ConcurrentHashMap<>();
  private final Map<String, String> tags = new ConcurrentHashMap<>();
  private final Map<String, String> fieldTypes = new ConcurrentHashMap<>();
  private final Map<String, String> filled = new ConcurrentHashMap<>();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private volatile int budget = Integer.MAX_VALUE;
  private volatile String lastAuthorization;

  private KommoStandIn(HttpServer server) {
    this.server = server;
  }

  public static KommoStandIn start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    KommoStandIn kommo = new KommoStandIn(server);
    kommo.talk("55", true, 0);
    server.createContext(API, kommo::handle);
    server.createContext(CHATS, kommo::chat);
    server.setExecutor(kommo.threads);
    server.start();
    return kommo;
  }

  /** Of the chats API, as in an account's row. */
  public String chatsBaseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** As in an account's row. */
  public String apiBaseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/kommo/acme";
  }

  /** The next write meets this. */
  public void next(Mishap mishap) {
    mishaps.add(mishap);
  }

  /** What took effect, in order. */
  public List<Write> writes() {
    return List.copyOf(writes);
  }

  /** When each request came in, reads included. */
  public List<Long> requestTimes() {
    return List.copyOf(requests);
  }

  /** From now on so many requests in any second, and the next is one too many. */
  public void takes(int requestsPerSecond) {
    budget = requestsPerSecond;
  }

  /** Leads have such a field. */
  public void hasField(String id, String type) {
    fieldTypes.put(id, type);
  }

  /** The contact has such a talk, last changed then, in unix seconds. */
  public void talk(String id, boolean open, long updatedAt) {
    talks.put(
        id,
        """
        {"talk_id":%s,"contact_id":7,"entity_type":"lead","entity_id":100,"is_in_work":%s,
         "chat_id":"chat-%s","updated_at":%d}"""
            .formatted(id, open, id, updatedAt));
  }

  /** Somebody, or we as user 77, moves it within pipeline 7. */
  public void moved(String lead, String stage, String by) {
    long now = System.currentTimeMillis() / 1000;
    stages.put(lead, stage);
    changed.put(lead, now);
    moves.add(
        """
        {"id":"e","type":"lead_status_changed","entity_id":%s,"entity_type":"lead","created_by":%s,
         "created_at":%d,"value_after":[{"lead_status":{"id":%s,"pipeline_id":7}}]}"""
            .formatted(lead, by, now, stage));
  }

  /** Somebody, or we as user 77, writes into its field. */
  public void filled(String lead, String field, String value, String by) {
    long now = System.currentTimeMillis() / 1000;
    filled.put(lead, "[{\"field_id\":%s,\"values\":[{\"value\":\"%s\"}]}]".formatted(field, value));
    changed.put(lead, now);
    moves.add(
        """
        {"id":"e","type":"custom_field_%s_value_changed","entity_id":%s,"entity_type":"lead",
         "created_by":%s,"created_at":%d,
         "value_after":[{"custom_field_value":{"field_id":%s,"text":"%s"}}]}"""
            .formatted(field, lead, by, now, field, value));
  }

  /** Somebody takes its contact away. */
  public void leaveAlone(String lead) {
    lonely.add(lead);
  }

  /** From now on it is not there. */
  public void delete(String lead) {
    deleted.add("/leads/" + lead);
  }

  public String stageOf(String lead) {
    return stages.get(lead);
  }

  public String lastAuthorization() {
    return lastAuthorization;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      long now = System.currentTimeMillis();
      boolean tooMany = requests.stream().filter(at -> at > now - 1000).count() >= budget;
      requests.add(now);
      lastAuthorization = exchange.getRequestHeaders().getFirst("Authorization");
      String path = exchange.getRequestURI().getPath().substring(API.length());
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (tooMany) {
        answer(exchange, 429, "{\"title\":\"Too Many Requests\",\"status\":429}");
        return;
      }
      if (exchange.getRequestMethod().equals("GET")) {
        String found =
            path.equals("/leads")
                ? leads(exchange.getRequestURI().getQuery())
                : path.equals("/talks")
                    ? talks(exchange.getRequestURI().getQuery().contains("only_in_work"))
                    : deleted.contains(path) ? "" : read(path);
        answer(exchange, found.isEmpty() ? 204 : 200, found);
        return;
      }
      Mishap mishap = mishaps.poll();
      if (mishap == Mishap.TOO_MANY) {
        exchange.getResponseHeaders().set("Retry-After", "1");
        answer(exchange, 429, "{\"title\":\"Too Many Requests\",\"status\":429}");
      } else if (mishap == Mishap.UNAVAILABLE) {
        answer(exchange, 503, "{\"title\":\"Unavailable\",\"status\":503}");
      } else if (mistyped(body)) {
        answer(exchange, 400, "{\"title\":\"Bad Request\",\"status\":400}");
      } else if (mishap != Mishap.DROPPED) {
        String written = write(path, body);
        if (mishap == null || mishap == Mishap.NONE) {
          answer(
              exchange,
              path.endsWith("/run") || path.endsWith("/send_message") ? 202 : 200,
              written);
        }
      }
    }
  }

  /** The chats API; whether it is signed right is the sandbox's to check. */
  private void chat(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (exchange.getRequestMethod().equals("GET")) {
        answer(exchange, 200, "{\"messages\":[" + String.join(",", said) + "]}");
        return;
      }
      Mishap mishap = mishaps.poll();
      if (mishap != Mishap.DROPPED) {
        int id = ids.incrementAndGet();
        writes.add(new Write(exchange.getRequestURI().getPath(), body, System.currentTimeMillis()));
        said.add(
            "{\"message\":{\"id\":\"ref-%d\",\"client_id\":\"%s\"}}"
                .formatted(id, field(body, "msgid")));
        if (mishap == null) {
          answer(exchange, 200, "{\"new_message\":{\"msgid\":\"ref-" + id + "\"}}");
        }
      }
    }
  }

  private synchronized String write(String path, String body) {
    writes.add(new Write(path, body, System.currentTimeMillis()));
    int id = ids.incrementAndGet();
    long now = System.currentTimeMillis() / 1000;
    if (path.equals("/tasks")) {
      tasks.add(item(id, now, body, "\"complete_till\":" + field(body, "complete_till")));
      return "{\"_embedded\":{\"tasks\":[{\"id\":" + id + "}]}}";
    }
    if (path.endsWith("/notes")) {
      notes.add(
          "{\"id\":%d,\"created_at\":%d,\"note_type\":\"common\",\"params\":{\"text\":\"%s\"}}"
              .formatted(id, now, field(body, "text")));
      return "{\"_embedded\":{\"notes\":[{\"id\":" + id + "}]}}";
    }
    if (path.endsWith("/send_message")) {
      messages
          .computeIfAbsent(path.split("/")[2], talk -> new CopyOnWriteArrayList<>())
          .add(item(id, now, body, "\"type\":\"outgoing\""));
      return "{\"id\":\"" + id + "\"}";
    }
    if (path.startsWith("/leads/")) {
      String lead = path.substring("/leads/".length());
      if (body.contains("status_id")) {
        moved(lead, field(body, "status_id"), "77");
      }
      if (body.contains("custom_fields_values")) {
        filled.put(lead, body.replaceFirst(".*\"custom_fields_values\":(\\[.*\\]).*", "$1"));
      }
      if (body.contains("tags_to_add")) {
        tags.put(lead, field(body, "name"));
      }
      return "{\"id\":" + lead + "}";
    }
    return "{}";
  }

  private String talks(boolean onlyOpen) {
    return list(
        "talks",
        talks.values().stream()
            .filter(talk -> !onlyOpen || talk.contains("\"is_in_work\":true"))
            .toList());
  }

  /** Those of the leads asked for that are there. */
  private String leads(String query) {
    List<String> found = new ArrayList<>();
    for (String part : query.split("&")) {
      String path = "/leads/" + part.substring(part.indexOf('=') + 1);
      if (part.startsWith("filter[id][]=") && !deleted.contains(path)) {
        found.add(read(path));
      }
    }
    return found.isEmpty() ? "" : list("leads", found);
  }

  private String read(String path) {
    if (path.equals("/tasks")) {
      return list("tasks", tasks);
    }
    if (path.endsWith("/notes")) {
      return list("notes", notes);
    }
    if (path.equals("/events")) {
      return list("events", moves);
    }
    if (path.endsWith("/messages")) {
      return list("messages", messages.getOrDefault(path.split("/")[2], List.of()));
    }
    if (path.equals("/leads/custom_fields")) {
      return list(
          "custom_fields",
          fieldTypes.entrySet().stream()
              .map(
                  field ->
                      "{\"id\":%s,\"name\":\"F\",\"type\":\"%s\",\"code\":\"F%s\"}"
                          .formatted(field.getKey(), field.getValue(), field.getKey()))
              .toList());
    }
    if (path.startsWith("/talks/")) {
      return talks.getOrDefault(path.split("/")[2], "");
    }
    String lead = path.substring("/leads/".length());
    String tagged =
        tags.containsKey(lead) ? "[{\"id\":1,\"name\":\"" + tags.get(lead) + "\"}]" : "[]";
    return """
        {"id":%s,"status_id":%s,"pipeline_id":7,"price":1000,"updated_at":%d,
         "custom_fields_values":%s,
         "_embedded":{"tags":%s,"contacts":%s}}"""
        .formatted(
            lead,
            stages.getOrDefault(lead, "1"),
            changed.getOrDefault(lead, 1_000_000_000L),
            filled.getOrDefault(lead, FILLED),
            tagged,
            lonely.contains(lead) ? "[]" : "[{\"id\":7,\"is_main\":true}]");
  }

  /** A text for a field that takes none. */
  private boolean mistyped(String body) {
    return fieldTypes.entrySet().stream()
        .filter(field -> !field.getValue().equals("text"))
        .anyMatch(
            field ->
                Pattern.compile("F?" + field.getKey() + "\"?,\"values\":\\[\\{\"value\":\"")
                    .matcher(body)
                    .find());
  }

  private static String item(int id, long now, String body, String more) {
    return "{\"id\":%d,\"created_at\":%d,\"text\":\"%s\",%s}"
        .formatted(id, now, field(body, "text"), more);
  }

  private static String list(String name, List<String> items) {
    return "{\"_embedded\":{\"" + name + "\":[" + String.join(",", new ArrayList<>(items)) + "]}}";
  }

  /** The first value of this name; the bodies in these tests are flat enough for that. */
  private static String field(String body, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(body);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/hal+json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
