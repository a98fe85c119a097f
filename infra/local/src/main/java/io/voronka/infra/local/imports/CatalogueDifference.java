package io.voronka.infra.local.imports;

import io.voronka.connectors.crm.FieldDefinition;
import io.voronka.connectors.crm.Pipeline;
import io.voronka.connectors.crm.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a new reading changes about one kind of row.
 *
 * @param written what is new or different
 * @param gone what is there no more
 * @param texts for people: a line per row, details on further lines
 */
record CatalogueDifference<T>(List<T> written, List<T> gone, List<String> texts) {

  static CatalogueDifference<Pipeline> ofPipelines(
      List<Pipeline> old, Catalogue.Part<Pipeline> now) {
    return of(
        old,
        now,
        Pipeline::id,
        p -> "pipeline " + p.id() + ' ' + p.name(),
        CatalogueDifference::about);
  }

  static CatalogueDifference<FieldDefinition> ofFields(
      List<FieldDefinition> old, Catalogue.Part<FieldDefinition> now) {
    return of(
        old,
        now,
        field -> field.entity() + "/" + field.id(),
        field ->
            "field %s/%s %s"
                .formatted(CatalogueTables.word(field.entity()), field.id(), field.name()),
        CatalogueDifference::about);
  }

  static CatalogueDifference<User> ofUsers(List<User> old, Catalogue.Part<User> now) {
    return of(
        old,
        now,
        User::id,
        user -> "user " + user.id() + ' ' + user.name(),
        CatalogueDifference::about);
  }

  private static <T> CatalogueDifference<T> of(
      List<T> old,
      Catalogue.Part<T> now,
      Function<T, String> key,
      Function<T, String> title,
      Function<T, Map<String, String>> details) {
    Map<String, T> before = byKey(old, key);
    Map<String, T> after = byKey(now.items(), key);
    List<T> written = new ArrayList<>();
    List<T> gone = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    after.forEach(
        (id, item) -> {
          T known = before.get(id);
          if (known == null) {
            written.add(item);
            texts.add("+ " + title.apply(item));
          } else if (!known.equals(item)) {
            written.add(item);
            texts.add(
                "~ " + title.apply(item) + changes(details.apply(known), details.apply(item)));
          }
        });
    if (now.unreadable() == 0) {
      before.forEach(
          (id, item) -> {
            if (!after.containsKey(id)) {
              gone.add(item);
              texts.add("- " + title.apply(item));
            }
          });
    }
    return new CatalogueDifference<>(written, gone, texts);
  }

  private static <T> Map<String, T> byKey(List<T> items, Function<T, String> key) {
    Map<String, T> found = new LinkedHashMap<>();
    items.forEach(item -> found.put(key.apply(item), item));
    return found;
  }

  private static String changes(Map<String, String> before, Map<String, String> after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      String was = before.getOrDefault(name, "none");
      String is = after.getOrDefault(name, "none");
      if (!Objects.equals(was, is)) {
        lines.append("\n    ").append(name).append(": ").append(was).append(" -> ").append(is);
      }
    }
    return lines.toString();
  }

  private static Map<String, String> about(Pipeline pipeline) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("name", pipeline.name());
    details.put("sort", String.valueOf(pipeline.sort()));
    details.put("main", String.valueOf(pipeline.main()));
    details.put("archived", String.valueOf(pipeline.archived()));
    for (Pipeline.Stage stage : pipeline.stages()) {
      details.put(
          "stage " + stage.id(),
          "%s (place %d, type %d)".formatted(stage.name(), stage.sort(), stage.type()));
    }
    return details;
  }

  private static Map<String, String> about(FieldDefinition field) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("name", field.name());
    details.put("type", field.type());
    if (field.code() != null) {
      details.put("code", field.code());
    }
    for (FieldDefinition.Choice choice : field.choices()) {
      String code = choice.code() == null ? "" : ", code " + choice.code();
      details.put(
          "choice " + choice.id(),
          "%s (place %d%s)".formatted(choice.value(), choice.sort(), code));
    }
    return details;
  }

  private static Map<String, String> about(User user) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("name", user.name());
    details.put("active", String.valueOf(user.active()));
    details.put("admin", String.valueOf(user.admin()));
    if (user.email() != null) {
      details.put("email", user.email());
    }
    return details;
  }
}
