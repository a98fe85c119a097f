package io.voronka.infra.local.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The documents that a command is about. */
final class FileOption {
  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE|FOLDER",
      description = "YAML or JSON documents.")
  private Path file;

  Path path() {
    return file;
  }
}
