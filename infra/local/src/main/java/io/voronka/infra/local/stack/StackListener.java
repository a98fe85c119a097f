package io.voronka.infra.local.stack;

/**
 * Hears what happens in the stack; called from several threads, never concurrently for one
 * component.
 */
public interface StackListener {

  /** The state of a job that somebody ended. */
  String STOPPED = "stopped";

  /** A component changed its state. */
  void component(ComponentStatus status);

  /** A job changed its state; the state is Flink's, or a word such as {@code submitting}. */
  void job(String job, String state);

  /** Something else that is worth a line. */
  void note(String line);

  /** Hears nothing. */
  static StackListener silent() {
    return new StackListener() {
      @Override
      public void component(ComponentStatus status) {}

      @Override
      public void job(String job, String state) {}

      @Override
      public void note(String line) {}
    };
  }
}
