package io.voronka.infra.local.command;

import io.voronka.infra.local.process.LogTail;
import io.voronka.infra.local.process.Polling;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the log of a component of the local stack, running or not. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Shows the end of a component's log.")
public final class LogsCommand implements Callable<Integer> {

  private static final Duration LOOK_EVERY = Duration.ofMillis(300);

  @Spec private CommandSpec spec;

  @Mixin private ClusterOptions options;

  @Parameters(
      paramLabel = "COMPONENT",
      description = "kafka, postgres, jobmanager, taskmanager-1, gateway, sandbox.")
  private String component;

  @Option(
      names = "-n",
      paramLabel = "LINES",
      defaultValue = "50",
      description = "How many lines; ${DEFAULT-VALUE} unless given.")
  private int lines;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on as it grows, until Ctrl-C.")
  private boolean follow;

  @Override
  public Integer call() throws IOException {
    Path file = file(options.data().resolve("logs"));
    List<String> tail = LogTail.of(file, lines);
    tail.forEach(System.out::println);
    System.out.flush();
    if (follow) {
      follow(file);
    }
    return ExitCodes.OK;
  }

  /**
   * PostgreSQL writes to its standard output; so do the others when they cannot even begin to log.
   */
  private Path file(Path logs) throws IOException {
    for (String ending : List.of(".log", ".out")) {
      Path file = logs.resolve(component + ending);
      if (Files.isRegularFile(file) && Files.size(file) > 0) {
        return file;
      }
    }
    throw new ParameterException(
        spec.commandLine(),
        "no log of '%s' in %s; there are: %s".formatted(component, logs, names(logs)));
  }

  private static String names(Path logs) throws IOException {
    if (!Files.isDirectory(logs)) {
      return "none";
    }
    try (Stream<Path> files = Files.list(logs)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".log") || name.endsWith(".out"))
          .map(name -> name.substring(0, name.lastIndexOf('.')))
          .distinct()
          .sorted()
          .collect(Collectors.joining(", "));
    }
  }

  private static void follow(Path file) throws IOException {
    long position = Files.size(file);
    while (!Thread.currentThread().isInterrupted()) {
      Polling.pause(LOOK_EVERY);
      long size = Files.isRegularFile(file) ? Files.size(file) : 0;
      if (size < position) {
        // It was rolled over.
        position = 0;
      }
      if (size > position) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
          byte[] bytes = new byte[(int) Math.min(size - position, 1 << 20)];
          in.seek(position);
          in.readFully(bytes);
          position += bytes.length;
          System.out.print(new String(bytes, StandardCharsets.UTF_8));
          System.out.flush();
        }
      }
    }
  }
}
