package io.voronka.infra.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The log settings of all children: one file each, of bounded size. */
final class LogConfiguration {

  private final Path file;
  private final Path logs;

  private LogConfiguration(Path file, Path logs) {
    this.file = file;
    this.logs = logs;
  }

  static LogConfiguration in(DataDirectory data) {
    try (InputStream in = LogConfiguration.class.getResourceAsStream("child-log4j2.properties")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new LogConfiguration(data.write("conf/log4j2.properties", text), data.folder("logs"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JVM options that make a child write to {@code logs/<component>.log}. */
  List<String> options(String component) {
    return List.of(
        "-Dlog4j2.configurationFile=" + file,
        // Flink's own web page shows the file of this name.
        "-Dlog.file=" + logs.resolve(component + ".log"));
  }

  Path logs() {
    return logs;
  }
}
