package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.web.Json;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Lists: {@code page}, {@code limit}, ranges, links; an empty list is 204. */
final class Pages {
  private Pages() {}

  /**
   * One page of {@code all}.
   *
   * @param path of the list itself
   * @param name key below {@code _embedded}
   * @param most largest {@code limit} allowed
   * @param usual {@code limit} when none is given
   */
  static <T> RestReply of(
      RestCall call,
      String path,
      String name,
      List<T> all,
      int usual,
      int most,
      Function<T, ? extends JsonNode> view) {
    long limit = call.query().number("limit").orElse(usual);
    long page = call.query().number("page").orElse(1);
    if (limit > most) {
      throw RestProblem.unprocessable("Limit " + most + " per page");
    }
    if (limit < 1 || page < 1) {
      throw RestProblem.badRequest("page and limit start at 1");
    }
    long from = (page - 1) * limit;
    if (from >= all.size()) {
      return RestReply.nothing();
    }
    int end = (int) Math.min(all.size(), from + limit);
    ObjectNode body = Json.object().put("_page", page);
    ObjectNode links = body.putObject("_links");
    links.putObject("self").put("href", href(call, path, page, limit));
    if (end < all.size()) {
      links.putObject("next").put("href", href(call, path, page + 1, limit));
    }
    if (page > 1) {
      links.putObject("first").put("href", href(call, path, 1, limit));
      links.putObject("prev").put("href", href(call, path, page - 1, limit));
    }
    ArrayNode items = body.putObject("_embedded").putArray(name);
    all.subList((int) from, end).forEach(item -> items.add(view.apply(item)));
    return RestReply.ok(body);
  }

  /**
   * Those whose {@code value} lies within {@code filter[name][from]} and {@code filter[name][to]}.
   */
  static <T> Predicate<T> within(RestCall call, String name, ToLongFunction<T> value) {
    return item -> {
      OptionalLong from = call.query().number("filter[" + name + "][from]");
      OptionalLong to = call.query().number("filter[" + name + "][to]");
      long actual = value.applyAsLong(item);
      return (from.isEmpty() || actual >= from.getAsLong())
          && (to.isEmpty() || actual <= to.getAsLong());
    };
  }

  /**
   * Those whose {@code value} is among {@code filter[name]}; all when there is no such filter. The
   * filter is read once: a list of ids can be long, and so can an account.
   */
  static <T> Predicate<T> among(RestCall call, String name, ToLongFunction<T> value) {
    if (call.query().all("filter[" + name + "]").isEmpty()) {
      return item -> true;
    }
    Set<Long> wanted = new HashSet<>(call.query().numbers("filter[" + name + "]"));
    return item -> wanted.contains(value.applyAsLong(item));
  }

  /** Like {@link #among} for text. */
  static <T> Predicate<T> amongTexts(RestCall call, String name, Function<T, String> value) {
    List<String> wanted = call.query().all("filter[" + name + "]");
    return item -> wanted.isEmpty() || wanted.contains(value.apply(item));
  }

  private static String href(RestCall call, String path, long page, long limit) {
    return call.account().self() + path + "?page=" + page + "&limit=" + limit;
  }
}
