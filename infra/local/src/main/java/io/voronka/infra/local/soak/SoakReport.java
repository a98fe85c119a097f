package io.voronka.infra.local.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The three books beside each other.
 *
 * @param kills in order
 * @param figures named counts, in the order of the flow
 * @param unknowns actions of which nobody knows whether they were done, one line each
 * @param problems everything that contradicts a promise; empty when all is kept
 */
public record SoakReport(
    List<Kill> kills, Map<String, Long> figures, List<String> unknowns, List<String> problems) {

  /** Promises kept, and the run was hard enough to mean something. */
  public boolean ok() {
    return problems.isEmpty();
  }

  public long figure(String name) {
    return figures.get(name);
  }

  public void print(PrintStream out) {
    figures.forEach((name, value) -> out.printf(Locale.ROOT, "  %-52s %8d%n", name, value));
    unknowns.forEach(unknown -> out.println("  unknown: " + unknown));
    problems.forEach(problem -> out.println("  PROBLEM " + problem));
    out.println(ok() ? "the books agree" : "the books do NOT agree");
    out.flush();
  }

  /** {@code {"ok", "kills": [...], "figures": {...}, "unknowns": [...], "problems": [...]}}. */
  public void write(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode().put("ok", ok());
    root.set("kills", json.valueToTree(kills));
    root.set("figures", json.valueToTree(figures));
    root.set("unknowns", json.valueToTree(unknowns));
    root.set("problems", json.valueToTree(problems));
    Files.writeString(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }
}
