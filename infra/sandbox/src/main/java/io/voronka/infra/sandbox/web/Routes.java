package io.voronka.infra.sandbox.web;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A table of (method, path pattern) → {@code H}. A segment {@code {…}} matches any one segment; the
 * first match wins. Tells an unknown path from a known path with another method.
 */
public final class Routes<H> {
  private record Route<H>(String method, String[] pattern, H handler) {}

  /**
   * What a lookup found.
   *
   * @param handler null when nothing matched
   * @param parameters the segments that stood for {@code {…}}, in order
   * @param allowed methods known for the path; empty when the path is unknown
   */
  public record Match<H>(H handler, List<String> parameters, Set<String> allowed) {}

  private final List<Route<H>> routes = new ArrayList<>();

  public Routes<H> on(String method, String pattern, H handler) {
    routes.add(new Route<>(method, pattern.split("/", -1), handler));
    return this;
  }

  public Match<H> find(String method, String path) {
    String[] segments = path.split("/", -1);
    Set<String> allowed = new LinkedHashSet<>();
    for (Route<H> route : routes) {
      List<String> parameters = match(route.pattern, segments);
      if (parameters != null) {
        if (route.method.equals(method)) {
          return new Match<>(route.handler, parameters, Set.of(method));
        }
        allowed.add(route.method);
      }
    }
    return new Match<>(null, List.of(), allowed);
  }

  private static List<String> match(String[] pattern, String[] segments) {
    if (pattern.length != segments.length) {
      return null;
    }
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i].startsWith("{")) {
        if (segments[i].isEmpty()) {
          return null;
        }
        parameters.add(segments[i]);
      } else if (!pattern[i].equals(segments[i])) {
        return null;
      }
    }
    return parameters;
  }
}
