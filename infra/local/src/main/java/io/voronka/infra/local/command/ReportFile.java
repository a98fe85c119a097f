package io.voronka.infra.local.command;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The file that a command writes at its end, which may be many minutes away. */
final class ReportFile {

  private ReportFile() {}

  /**
   * Refuses at the start what could not be written at the end.
   *
   * @param file null for none
   * @throws ParameterException when it is a folder, or its folder is not there or cannot be written
   *     to
   */
  static void requireWritable(CommandSpec spec, Path file) {
    if (file == null) {
      return;
    }
    String objection = objection(file);
    if (objection != null) {
      throw new ParameterException(spec.commandLine(), "--json: " + objection);
    }
  }

  /** Null when there is none. */
  private static String objection(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (Files.isDirectory(file) || folder == null) {
      return file + " is a folder";
    }
    if (!Files.isDirectory(folder)) {
      return "there is no folder " + folder;
    }
    return Files.isWritable(Files.exists(file) ? file : folder)
        ? null
        : file + " cannot be written";
  }
}
