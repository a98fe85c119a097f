package io.voronka.infra.local.flink;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Java's stack traces, as Flink answers with them, for people. */
final class Trace {

  private static final String PACKAGE = "(?:[a-z]\\w*\\.)+";
  private static final String NAME = PACKAGE + "[A-Z][\\w$]*";

  /** All names of exceptions but the simple one of the last. */
  private static final Pattern NAMES =
      Pattern.compile(
          "^(?:Caused by: )?(?:%1$s: (?=%1$s))*(?:%2$s(?=[A-Z]))?".formatted(NAME, PACKAGE));

  private static final int LONGEST_LINE = 500;

  private Trace() {}

  /** What the innermost exception says, in one or more lines; empty of an empty text. */
  static String cause(String trace) {
    List<String> said =
        trace
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("\t") && !line.startsWith("    "))
            .filter(line -> !line.endsWith("xception on server side>") && !line.startsWith("<Exc"))
            .toList();
    int innermost = 0;
    for (int i = 0; i < said.size(); i++) {
      if (said.get(i).startsWith("Caused by: ")) {
        innermost = i;
      }
    }
    return said.subList(innermost, said.size()).stream()
        .map(line -> NAMES.matcher(line).replaceFirst(""))
        .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
        .collect(Collectors.joining("\n  "));
  }
}
