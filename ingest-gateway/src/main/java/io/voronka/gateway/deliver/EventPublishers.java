package io.voronka.gateway.deliver;

/** Opens connections to the log. */
@FunctionalInterface
public interface EventPublishers {

  /**
   * Tries for a few seconds at most. The publisher that it returns has been seen to reach the log.
   *
   * @throws LogUnavailableException when the log cannot be reached
   * @throws InterruptedException when told to stop trying
   */
  EventPublisher open() throws LogUnavailableException, InterruptedException;

  /** The log cannot be reached now. */
  final class LogUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public LogUnavailableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
