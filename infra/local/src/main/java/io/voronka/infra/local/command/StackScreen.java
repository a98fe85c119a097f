package io.voronka.infra.local.command;

import io.voronka.infra.local.stack.ComponentStatus;
import io.voronka.infra.local.stack.StackListener;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One live line per component and job. On a terminal the lines change in place while the stack
 * starts; anywhere else, and afterwards, every change is a line of its own.
 */
public final class StackScreen implements StackListener {

  private final PrintStream out;
  private boolean inPlace;
  private final Map<String, String> lines = new LinkedHashMap<>();
  private int drawn;

  /**
   * @param inPlace whether the stream is a terminal that can move its cursor
   */
  public StackScreen(PrintStream out, boolean inPlace) {
    this.out = out;
    this.inPlace = inPlace;
  }

  /** For standard output, whatever it is. */
  public static StackScreen standard() {
    String terminal = System.getenv("TERM");
    boolean canMove = System.console() != null && terminal != null && !terminal.equals("dumb");
    return new StackScreen(System.out, canMove);
  }

  @Override
  public synchronized void component(ComponentStatus status) {
    line(status.name(), describe(status));
  }

  @Override
  public synchronized void job(String job, String state) {
    line(job, state);
  }

  @Override
  public synchronized void note(String text) {
    settle();
    out.println("  " + text);
    out.flush();
  }

  /** From now on changes are appended. */
  public synchronized void settle() {
    inPlace = false;
  }

  static String describe(ComponentStatus status) {
    String state =
        switch (status.state()) {
          case WAITING -> "waiting";
          case STARTING -> status.starts() > 0 ? "starting again" : "starting";
          case READY ->
              String.format(Locale.ROOT, "ready in %.1f s", status.readyMillis() / 1000.0);
          case DOWN -> "ended; starting it again";
          case FAILED -> "failed";
          case STOPPED -> "stopped";
        };
    boolean detailed = status.state() == ComponentStatus.State.READY;
    String memory =
        detailed && status.residentBytes().isPresent()
            ? String.format(Locale.ROOT, "%5d MB", status.residentBytes().getAsLong() >> 20)
            : "";
    return String.format(
            Locale.ROOT, "%-16s %-9s %s", state, memory, detailed ? status.address() : "")
        .stripTrailing();
  }

  private void line(String name, String text) {
    if (text.equals(lines.put(name, text))) {
      return;
    }
    if (inPlace) {
      redraw();
    } else {
      out.println(format(name, text));
      out.flush();
    }
  }

  private void redraw() {
    StringBuilder screen = new StringBuilder();
    if (drawn > 0) {
      screen.append("\u001b[").append(drawn).append('A');
    }
    lines.forEach(
        (name, text) -> screen.append("\u001b[2K").append(format(name, text)).append('\n'));
    drawn = lines.size();
    out.print(screen);
    out.flush();
  }

  private static String format(String name, String text) {
    return String.format(Locale.ROOT, "  %-16s %s", name, text);
  }
}
