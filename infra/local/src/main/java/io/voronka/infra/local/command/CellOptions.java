package io.voronka.infra.local.command;

import io.voronka.infra.local.stack.SourceTree;
import io.voronka.infra.local.stack.StackFile;
import io.voronka.infra.local.topics.AnsweringKafka;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whose topics a command reads and writes. */
final class CellOptions {
  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Bootstrap servers of the cell; those of the local stack unless given.")
  private String kafka;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The local stack's data folder; .voronka in the repository unless given.")
  private Path data;

  /** Of the cell that was named, or else of the local stack. */
  String bootstrapServers() {
    if (kafka != null) {
      return AnsweringKafka.at(kafka);
    }
    Path folder =
        (data != null ? data : SourceTree.find().defaultData()).toAbsolutePath().normalize();
    return AnsweringKafka.at(StackFile.running(folder, "--kafka").addresses().kafka());
  }
}
