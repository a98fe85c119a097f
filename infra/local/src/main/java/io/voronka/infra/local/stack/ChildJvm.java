package io.voronka.infra.local.stack;

import io.voronka.infra.local.process.ClassArchives;
import io.voronka.infra.local.process.JavaCommand;
import io.voronka.infra.local.stack.StackSettings.Life;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the JVMs of all parts of one stack have in common.
 *
 * @param data where their temporary files go, too
 * @param logs where they write to
 * @param life how long they are expected to run
 * @param archives of their classes
 */
record ChildJvm(DataDirectory data, LogConfiguration logs, Life life, ClassArchives archives) {

  /** Of a part that works in bursts, at its start above all: the second compiler only costs. */
  static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

  /** Kinds whose heap holds little that stays: a job's state is not on it. */
  private static final Set<String> PASSING_ON =
      Set.of(LocalStack.KAFKA, LocalStack.GATEWAY, LocalStack.TASK_MANAGER);

  /** The options of one part's JVM. */
  List<String> options(String component) {
    List<String> options = new ArrayList<>(logs.options(component));
    options.add("-XX:+UseSerialGC");
    options.add("-Djava.io.tmpdir=" + data.file(temporary(component)));
    if (life == Life.BRIEF) {
      options.add(ONE_COMPILER);
    }
    return options;
  }

  /**
   * The command line of one part's JVM, which may be launched once with it. Libraries unpack their
   * native code into the temporary folder; what a killed life left there goes before the next one.
   */
  List<String> line(String component, JavaCommand command) {
    data.emptied(temporary(component));
    String kind = kind(component);
    JavaCommand child = PASSING_ON.contains(kind) ? command.passingOn() : command;
    return child.with(archives, kind).line();
  }

  /** Makes the archive that a part's next start will use. */
  void archiveClasses(String component) {
    archives.make(kind(component));
  }

  private static String temporary(String component) {
    return "work/" + component + "/tmp";
  }

  /** All TaskManagers do the same work. */
  private static String kind(String component) {
    return component.replaceAll("-[0-9]+$", "");
  }
}
