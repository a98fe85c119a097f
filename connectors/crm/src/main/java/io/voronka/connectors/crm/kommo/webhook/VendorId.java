package io.voronka.connectors.crm.kommo.webhook;

/**
 * Ids as the vendor gives them. They end up in keys and in the paths of requests, so nothing else
 * passes.
 */
final class VendorId {
  private static final int LONGEST_NUMBER = 19;
  private static final int LONGEST_TEXT = 128;

  private VendorId() {}

  /** A positive decimal number without leading zeros: leads, contacts, tasks, notes ... */
  static boolean isNumber(String text) {
    if (text == null || text.isEmpty() || text.length() > LONGEST_NUMBER || text.charAt(0) == '0') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  /** A printable word without blanks: messages, incoming leads, chats. */
  static boolean isWord(String text) {
    if (text == null || text.isEmpty() || text.length() > LONGEST_TEXT) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~' || c == '|' || c == '/') {
        return false;
      }
    }
    return true;
  }
}
