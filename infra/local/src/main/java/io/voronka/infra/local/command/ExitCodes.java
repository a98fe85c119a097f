package io.voronka.infra.local.command;

import io.voronka.infra.local.flink.FlinkException;
import io.voronka.infra.local.stack.StackException;
import java.io.PrintWriter;
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

  private ExitCodes() {}

  /** Prints what went wrong, without a stack trace when it is one of the things that can happen. */
  public static int report(Exception failure, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    int code = of(failure);
    if (code == FAILED && failure instanceof RuntimeException) {
      failure.printStackTrace(err);
    } else {
      err.println("voronka: " + failure.getMessage());
    }
    err.flush();
    return code;
  }

  static int of(Exception failure) {
    if (failure instanceof StackException e) {
      return switch (e.reason()) {
        case NOT_BUILT, WRONG_ENVIRONMENT -> ENVIRONMENT;
        case PORT_IN_USE -> PORT_IN_USE;
        case DISK_FULL -> DISK_FULL;
        case DATA_UNUSABLE, ALREADY_RUNNING -> DATA_UNUSABLE;
        case COMPONENT_FAILED -> COMPONENT_FAILED;
        case JOB_FAILED -> JOB_FAILED;
        case STOPPED -> FAILED;
      };
    }
    return failure instanceof FlinkException ? JOB_FAILED : FAILED;
  }
}
