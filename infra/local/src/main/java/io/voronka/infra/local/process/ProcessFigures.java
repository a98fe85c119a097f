package io.voronka.infra.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** What Linux knows about a process: resident memory, processor time, its start. */
public final class ProcessFigures {

  // Linux fixes this at 100 for what it shows to programs, whatever the kernel's own tick is.
  private static final long MICROS_PER_TICK = 10_000;

  // Places in /proc/<pid>/stat behind the name, as proc(5) counts them less three.
  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;
  private static final int START_TIME = 19;

  private ProcessFigures() {}

  /** Resident memory in bytes; empty when there is no such process. */
  public static OptionalLong residentBytes(long pid) {
    for (String line : lines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return OptionalLong.of(Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024);
      }
    }
    return OptionalLong.empty();
  }

  /** Resident memory of a process and of others that belong to it, in bytes. */
  public static OptionalLong residentBytes(long pid, List<Long> others) {
    OptionalLong own = residentBytes(pid);
    if (own.isEmpty()) {
      return own;
    }
    long sum = own.getAsLong();
    for (long other : others) {
      sum += residentBytes(other).orElse(0);
    }
    return OptionalLong.of(sum);
  }

  /**
   * Processor time used so far, user and system, in microseconds; empty when there is no such
   * process.
   */
  public static OptionalLong cpuMicros(long pid) {
    String[] fields = stat(pid);
    return fields.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(
            (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
                * MICROS_PER_TICK);
  }

  /**
   * When the process began, in ticks since the machine did: tells a process from a later one that
   * was given its id, whatever has been done to the clock. Empty when there is no such process.
   */
  public static OptionalLong startTicks(long pid) {
    String[] fields = stat(pid);
    return fields.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(fields[START_TIME]));
  }

  /** Whether the process of that id is the one that began then, see {@link #startTicks}. */
  public static boolean began(long pid, long startTicks) {
    OptionalLong start = startTicks(pid);
    return start.isPresent() && start.getAsLong() == startTicks;
  }

  /** Whether such a process exists and its command line holds the text. */
  public static boolean runs(long pid, String text) {
    return Arrays.stream(commandLine(pid).split("\0")).anyMatch(part -> part.contains(text));
  }

  /** Of every process that can be looked at; arguments are separated by NUL. */
  public static List<String> commandLines() {
    return ProcessHandle.allProcesses()
        .map(process -> commandLine(process.pid()))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String commandLine(long pid) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
      return new String(line, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static String[] stat(long pid) {
    List<String> lines = lines(Path.of("/proc", Long.toString(pid), "stat"));
    if (lines.isEmpty()) {
      return new String[0];
    }
    // The second field is the name in parentheses and may hold blanks.
    return lines.get(0).substring(lines.get(0).lastIndexOf(')') + 2).split(" ");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
