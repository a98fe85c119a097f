package io.voronka.infra.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which leads are meant. */
final class LeadOptions {
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--lead",
      paramLabel = "ID",
      description = "A lead's id in the CRM; may be given several times.")
  private List<String> leads = List.of();

  @Option(
      names = "--leads",
      paramLabel = "FILE",
      description = "Many leads: an id on each line; what follows a # is left aside.")
  private Path file;

  /** Each once, in the order in which they were given; empty: none were. */
  Set<String> all() {
    Set<String> all = new LinkedHashSet<>();
    leads.forEach(lead -> all.add(checked(lead, "--lead")));
    if (file != null) {
      try {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
          String line = lines.get(i).replaceFirst("#.*", "").strip();
          if (!line.isEmpty()) {
            all.add(checked(line, file + ":" + (i + 1)));
          }
        }
      } catch (IOException e) {
        throw new ParameterException(spec.commandLine(), "--leads: cannot read " + file, e);
      }
      if (all.isEmpty()) {
        throw new ParameterException(spec.commandLine(), "--leads: no lead in " + file);
      }
    }
    return all;
  }

  private String checked(String id, String place) {
    if (!ID.matcher(id).matches()) {
      throw new ParameterException(spec.commandLine(), place + ": not a lead's id: " + id);
    }
    return id;
  }
}
