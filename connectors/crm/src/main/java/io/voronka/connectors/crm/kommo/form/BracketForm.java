package io.voronka.connectors.crm.kommo.form;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A decoded form body: the tree of its pairs, and what was wrong with the others.
 *
 * @param root nameless node above all pairs
 * @param broken pairs that something is wrong with, at most {@link Limits#maxBroken()} of them
 * @param brokenCount how many pairs something is wrong with in all
 * @param pairs pairs in the body, broken ones included
 * @param tooManyPairs true when reading stopped at {@link Limits#maxPairs()}: the tree is not the
 *     whole body then
 */
public record BracketForm(
    FormNode root, List<BrokenPair> broken, int brokenCount, int pairs, boolean tooManyPairs) {

  /** Why one pair could not be placed in the tree, or took another's place. */
  public enum Defect {
    /** Brackets that do not pair up, text behind a bracket, or no name at all. */
    MALFORMED_KEY,
    /** More levels than {@link Limits#maxNesting()}. */
    NESTED_TOO_DEEP,
    /** The key came before, with another value; this one is in the tree. */
    REPEATED_KEY
  }

  /**
   * A pair that something is wrong with.
   *
   * @param key its key, decoded as far as possible, shortened
   */
  public record BrokenPair(Defect defect, String key) {}

  /**
   * Bounds against hostile bodies.
   *
   * @param maxPairs pairs in a body
   * @param maxNesting names in a key
   * @param maxBroken broken pairs listed (all are counted)
   */
  public record Limits(int maxPairs, int maxNesting, int maxBroken) {}

  /**
   * Reads a body. Never throws on bad input.
   *
   * @param declared charset of values that are not UTF-8; null when the sender named none
   */
  public static BracketForm parse(byte[] body, Limits limits, Charset declared) {
    return new Reader(body, limits, declared).read();
  }

  /** One pass over the bytes. The path of the last key is kept: neighbours share most of it. */
  private static final class Reader {
    private static final int SHOWN_KEY = 200;

    private final byte[] body;
    private final Limits limits;
    private final FormText text;
    private final FormNode root = new FormNode("");
    private final List<BrokenPair> broken = new ArrayList<>(0);
    private int brokenCount;

    /**
     * Nodes of the last well-formed key and, counted from its start, where the bytes of each level
     * end.
     */
    private final FormNode[] path;

    private final int[] ends;
    private int depth;
    private int lastKeyFrom;
    private int lastKeyTo;

    /**
     * Names of the present key behind those it shares with the last one: from, to and the end of
     * the level.
     */
    private final int[] from;

    private final int[] to;
    private final int[] levelEnd;
    private int found;
    private Defect defect;

    Reader(byte[] body, Limits limits, Charset declared) {
      this.body = body;
      this.limits = limits;
      this.text = new FormText(body, declared);
      this.path = new FormNode[limits.maxNesting()];
      this.ends = new int[limits.maxNesting()];
      this.from = new int[limits.maxNesting()];
      this.to = new int[limits.maxNesting()];
      this.levelEnd = new int[limits.maxNesting()];
    }

    BracketForm read() {
      int at = 0;
      int pairs = 0;
      while (at < body.length) {
        if (body[at] == '&' || body[at] >= 0 && body[at] <= ' ') {
          at++;
          continue;
        }
        if (pairs == limits.maxPairs()) {
          return new BracketForm(root, broken, brokenCount, pairs, true);
        }
        pairs++;
        at = pair(at) + 1;
      }
      return new BracketForm(root, broken, brokenCount, pairs, false);
    }

    /** Reads the pair that starts here and returns where it ends. */
    private int pair(int keyFrom) {
      int shared = sharedLevels(keyFrom);
      int keyTo = scanKey(keyFrom, shared);
      int valueFrom = keyTo < body.length && body[keyTo] == '=' ? keyTo + 1 : keyTo;
      int valueTo = text.end(valueFrom);
      if (defect != null) {
        report(keyFrom, keyTo);
        return valueTo;
      }
      int level = shared;
      FormNode node = level == 0 ? root : path[level - 1];
      for (int i = 0; i < found; i++) {
        if (from[i] == to[i] && i == found - 1) {
          // a[]=x: never shared with the next key, which means another element
          node = node.appendNext();
        } else {
          node = node.childOrNew(name(from[i], to[i]));
          path[level] = node;
          ends[level] = levelEnd[i] - keyFrom;
          level++;
        }
      }
      depth = level;
      lastKeyFrom = keyFrom;
      lastKeyTo = keyTo;
      String value = text.decode(valueFrom, valueTo);
      if (node.text() != null && !node.text().equals(value)) {
        defect = Defect.REPEATED_KEY;
        report(keyFrom, keyTo);
      }
      node.setText(value);
      return valueTo;
    }

    /** How many levels of the last key this one repeats byte by byte. */
    private int sharedLevels(int keyFrom) {
      int longest = Math.min(body.length, keyFrom + lastKeyTo - lastKeyFrom);
      int same = Arrays.mismatch(body, lastKeyFrom, lastKeyTo, body, keyFrom, longest);
      if (same < 0) {
        same = longest - keyFrom;
      }
      int level = depth;
      while (level > 0 && ends[level - 1] > same) {
        level--;
      }
      if (level > 1 && path[level - 1].name().isEmpty() && isKeyEnd(keyFrom + ends[level - 1])) {
        // a[]=x behind a[][b]=y is another element
        return level - 1;
      }
      if (level == 1) {
        // The first name has no bracket of its own to end it: "lead" is not a level of "leads".
        int next = keyFrom + ends[0];
        return isKeyEnd(next) || isBracket(next, '[', 'b') ? 1 : 0;
      }
      return level;
    }

    /** Finds the names behind the shared levels, or the defect, and returns where the key ends. */
    private int scanKey(int keyFrom, int shared) {
      found = 0;
      defect = null;
      int at = shared == 0 ? keyFrom : keyFrom + ends[shared - 1];
      if (shared == 0) {
        at = scanName(at);
        if (at == keyFrom) {
          defect = Defect.MALFORMED_KEY;
        } else {
          note(keyFrom, at, at, shared);
        }
      }
      while (defect != Defect.MALFORMED_KEY && !isKeyEnd(at)) {
        if (!isBracket(at, '[', 'b')) {
          defect = Defect.MALFORMED_KEY;
          break;
        }
        int start = at + width(at);
        at = scanName(start);
        if (isKeyEnd(at) || !isBracket(at, ']', 'd')) {
          defect = Defect.MALFORMED_KEY;
          break;
        }
        int end = at;
        at += width(at);
        note(start, end, at, shared);
      }
      while (!isKeyEnd(at)) {
        at++;
      }
      return at;
    }

    private void note(int start, int end, int nextLevel, int shared) {
      if (shared + found == limits.maxNesting()) {
        defect = Defect.NESTED_TOO_DEEP;
        return;
      }
      from[found] = start;
      to[found] = end;
      levelEnd[found] = nextLevel;
      found++;
    }

    /** End of a name: the next bracket of either kind, or the end of the key. */
    private int scanName(int start) {
      int at = start;
      while (at < body.length) {
        byte b = body[at];
        if (b == '[' || b == ']' || b == '=' || b == '&') {
          return at;
        }
        if (b == '%' && (isBracket(at, '[', 'b') || isBracket(at, ']', 'd'))) {
          return at;
        }
        at++;
      }
      return at;
    }

    private boolean isKeyEnd(int at) {
      return at >= body.length || body[at] == '=' || body[at] == '&';
    }

    private void report(int keyFrom, int keyTo) {
      brokenCount++;
      if (broken.size() < limits.maxBroken()) {
        int shownTo = Math.min(keyTo, keyFrom + SHOWN_KEY);
        broken.add(new BrokenPair(defect, text.decodeAny(keyFrom, shownTo)));
      }
    }

    private String name(int start, int end) {
      String known = KnownNames.find(body, start, end);
      return known != null ? known : text.decodeAny(start, end);
    }

    /** True for such a bracket, written plainly or as %5b / %5d. */
    private boolean isBracket(int at, char plain, char lastHexDigit) {
      byte b = body[at];
      return b == plain
          || b == '%'
              && at + 2 < body.length
              && body[at + 1] == '5'
              && (body[at + 2] | 0x20) == lastHexDigit;
    }

    /** Bytes of the bracket at this position. */
    private int width(int at) {
      return body[at] == '%' ? 3 : 1;
    }
  }
}
