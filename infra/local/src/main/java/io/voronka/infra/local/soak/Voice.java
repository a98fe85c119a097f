package io.voronka.infra.local.soak;

/** By which way an account's messages leave. */
enum Voice {
  /** Into the talk. */
  TALK,
  /** In a chat channel of our own. */
  CHANNEL,
  /** A salesbot says them. */
  SALESBOT;

  /**
   * Every third account or so has a channel, every eighth a bot.
   *
   * @param account its number, from 0; those with a bot have no rule that runs one or writes its
   *     field
   */
  static Voice of(int account) {
    return switch (account % 8) {
      case 1, 4, 6 -> CHANNEL;
      case 3 -> SALESBOT;
      default -> TALK;
    };
  }
}
