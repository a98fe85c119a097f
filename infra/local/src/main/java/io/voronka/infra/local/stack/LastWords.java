package io.voronka.infra.local.stack;

import io.voronka.infra.local.process.LogTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a component wrote last, to be shown with the news that it failed. */
final class LastWords {

  private static final int LINES = 6;

  private LastWords() {}

  static String of(String component, Path logs) {
    List<String> lines = new ArrayList<>();
    for (String file : List.of(component + ".out", component + ".log")) {
      try {
        LogTail.of(logs.resolve(file), LINES).forEach(line -> lines.add("  " + line));
      } catch (IOException e) {
        lines.add("  (cannot read " + file + ": " + e.getMessage() + ")");
      }
    }
    String ending = Files.exists(logs.resolve(component + ".log")) ? ".log" : ".out";
    String where = "; see " + logs.resolve(component + ending);
    return lines.isEmpty() ? where : where + "\n" + String.join("\n", lines);
  }
}
