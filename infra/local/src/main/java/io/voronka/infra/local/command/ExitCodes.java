package io.voronka.infra.local.command;

import io.voronka.infra.local.flink.FlinkException;
import io.voronka.infra.local.stack.StackException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What the process answers; the list for people is in the help of {@code voronka}. */
public final class ExitCodes {

  public static final int OK = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int ENVIRONMENT = 3;
  public static final int PORT_IN_USE = 4;
  public static final int DISK_FULL = 5;
  public static final int DATA_UNUSABLE = 6;
  public static final int COMPONENT_FAILED = 7;
  public static final int JOB_FAILED = 8;

  /** Environment variable: when it is set, failures are printed with their stack traces. */
  private static final String TRACE = "VORONKA_STACK_TRACES";

  private ExitCodes() {}

  /** Prints what went wrong in words; with a stack trace only for those who ask for one. */
  public static int report(Exception failure, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    err.println("voronka: " + describe(failure));
    if (System.getenv(TRACE) != null) {
      failure.printStackTrace(err);
    }
    err.flush();
    return of(failure);
  }

  /** For people: what happened, and of a fault of ours where it was noticed. */
  static String describe(Throwable failure) {
    String message = failure.getMessage();
    if (failure instanceof NoSuchFileException) {
      return "there is no file " + message;
    }
    if (failure instanceof AccessDeniedException) {
      return message + " may not be read or written";
    }
    if (failure instanceof FileSystemException e && e.getReason() != null) {
      return e.getFile() + ": " + e.getReason();
    }
    if (failure instanceof UncheckedIOException e && message != null) {
      return message + " (" + describe(e.getCause()) + ")";
    }
    boolean ours =
        failure instanceof RuntimeException
            && failure.getClass().getPackageName().startsWith("java.");
    if (!ours) {
      return message == null ? failure.toString() : message;
    }
    return "a fault of voronka itself: %s%s; with %s=1 it tells more"
        .formatted(
            failure,
            Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.voronka."))
                .findFirst()
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse(""),
            TRACE);
  }

  static int of(Exception failure) {
    if (failure instanceof StackException e) {
      return switch (e.reason()) {
        case NOT_BUILT -> ENVIRONMENT;
        case PORT_IN_USE -> PORT_IN_USE;
        case DISK_FULL -> DISK_FULL;
        case DATA_UNUSABLE, ALREADY_RUNNING -> DATA_UNUSABLE;
        case COMPONENT_FAILED -> COMPONENT_FAILED;
        case JOB_FAILED -> JOB_FAILED;
        case NOT_RUNNING, STOPPED -> FAILED;
      };
    }
    return failure instanceof FlinkException ? JOB_FAILED : FAILED;
  }
}
