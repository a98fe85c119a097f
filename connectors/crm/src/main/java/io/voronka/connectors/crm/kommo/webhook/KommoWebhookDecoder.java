package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.BracketForm;
import io.voronka.connectors.crm.kommo.form.FormNode;
import io.voronka.connectors.crm.kommo.form.JsonForm;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads the body of a Kommo webhook into events.
 *
 * <p>Forgiving: every entity is read alone, so a broken one costs the others nothing, and what is
 * not understood is listed, never thrown away unsaid. Never throws on bad input. Thread-safe.
 */
public final class KommoWebhookDecoder {
  /**
   * No real pair is so short that more of them fit into a body that is taken; nesting ends at eight
   * names.
   */
  private static final BracketForm.Limits LIMITS =
      new BracketForm.Limits(40_000, 16, Decoded.MAX_LISTED);

  /** Digits of a number; nothing is as large as an index says. */
  private static final int LONGEST_INDEX = 18;

  /** The documented index, and one more that the documentation's example for tasks has. */
  private static final int INDEX_LEVELS = 2;

  private final JsonForm json = new JsonForm();

  /**
   * Decodes one body.
   *
   * @param contentType header as it came, or null; only its charset counts, for values that are not
   *     UTF-8
   */
  public Decoded decode(DeliveryContext context, byte[] body, String contentType) {
    return decodeTrimmed(context, trimmed(body), charset(contentType));
  }

  private Decoded decodeTrimmed(DeliveryContext context, byte[] body, Charset declared) {
    Findings findings = new Findings(context);
    if (body.length == 0) {
      return rejected(findings, RejectionReason.EMPTY_BODY, "the body has no bytes", null, null);
    }
    if (body[0] == '{') {
      FormNode root = jsonOrNull(body);
      if (root != null) {
        return decode(context, root, findings);
      }
    }
    BracketForm form = BracketForm.parse(body, LIMITS, declared);
    if (form.tooManyPairs()) {
      return rejected(
          findings,
          RejectionReason.TOO_MANY_PAIRS,
          "more than " + LIMITS.maxPairs() + " pairs",
          null,
          null);
    }
    noteBrokenPairs(form, findings);
    Decoded decoded = decode(context, form.root(), findings);
    return body[0] == '{' && decoded.rejection() == RejectionReason.NOTHING_UNDERSTOOD
        ? rejected(
            findings, RejectionReason.BROKEN_JSON, "neither whole JSON nor a form", null, null)
        : decoded;
  }

  private FormNode jsonOrNull(byte[] body) {
    try {
      return json.parse(body, LIMITS);
    } catch (IOException e) {
      // a form with a stray first byte, perhaps
      return null;
    }
  }

  private static Decoded decode(DeliveryContext context, FormNode root, Findings findings) {
    FormNode account = root.child("account");
    String claimedId = account == null ? root.text("account_id") : account.text("id");
    String claimedSubdomain = account == null ? root.text("subdomain") : account.text("subdomain");
    String mismatch = mismatch(context, claimedId, claimedSubdomain);
    if (mismatch != null) {
      return rejected(
          findings, RejectionReason.ACCOUNT_MISMATCH, mismatch, claimedId, claimedSubdomain);
    }
    for (int i = 0; i < root.size(); i++) {
      topKey(root.childAt(i), root, findings);
    }
    if (findings.events().isEmpty()) {
      return rejected(
          findings,
          RejectionReason.NOTHING_UNDERSTOOD,
          "no part of the body is a known event",
          claimedId,
          claimedSubdomain);
    }
    return new Decoded(
        findings.events(),
        null,
        null,
        claimedId,
        claimedSubdomain,
        findings.problems(),
        findings.problemCount());
  }

  private static void topKey(FormNode top, FormNode root, Findings findings) {
    findings.enter(top);
    switch (top.name()) {
      case "account", "account_id", "subdomain" -> {
        // checked already
      }
      case "event" -> PipelineTriggerReader.read(top, findings);
      case "action" -> {
        // the settings of the trigger whose event stands beside it
        if (root.child("event") == null) {
          findings.problem(NotUnderstood.Reason.UNKNOWN_KEY);
        }
      }
      default -> {
        TopKey key = TopKey.of(top.name());
        if (key == null) {
          findings.problem(NotUnderstood.Reason.UNKNOWN_KEY);
        } else if (key == TopKey.UNWRAPPED) {
          entities(key.reader(top.name()), top.name(), top, 0, findings);
        } else {
          actions(key, top, findings);
        }
      }
    }
    findings.leave();
  }

  private static void actions(TopKey key, FormNode top, Findings findings) {
    if (top.text() != null) {
      findings.problem(NotUnderstood.Reason.UNKNOWN_ACTION);
    }
    for (int i = 0; i < top.size(); i++) {
      FormNode action = top.childAt(i);
      findings.enter(action);
      EntityReader reader = key.reader(action.name());
      if (reader == null) {
        findings.problem(NotUnderstood.Reason.UNKNOWN_ACTION);
      } else {
        entities(reader, action.name(), action, 0, findings);
      }
      findings.leave();
    }
  }

  /**
   * Named children are an entity of this node, numbered ones are entities of their own, a text may
   * be an id.
   */
  private static void entities(
      EntityReader reader, String action, FormNode node, int level, Findings findings) {
    if (node.text() != null) {
      reader.readText(action, node.text(), findings);
    }
    boolean named = false;
    for (int i = 0; i < node.size(); i++) {
      FormNode child = node.childAt(i);
      if (!child.isIndex()) {
        named = true;
      } else if (child.name().length() > LONGEST_INDEX) {
        findings.problem(NotUnderstood.Reason.INDEX_TOO_LARGE, child);
      } else if (level == INDEX_LEVELS) {
        findings.problem(NotUnderstood.Reason.NESTED_TOO_DEEP, child);
      } else {
        findings.enter(child);
        entities(reader, action, child, level + 1, findings);
        findings.leave();
      }
    }
    if (named) {
      reader.read(action, node, findings);
    }
  }

  /** The id decides; the subdomain, which an owner can change, only where the body has no id. */
  private static String mismatch(DeliveryContext context, String id, String subdomain) {
    if (isGiven(id) && !context.vendorAccountId().isEmpty()) {
      return id.equals(context.vendorAccountId())
          ? null
          : "the body names account " + shortened(id) + ", not " + context.vendorAccountId();
    }
    if (isGiven(subdomain) && !context.subdomain().isEmpty()) {
      return subdomain.equalsIgnoreCase(context.subdomain())
          ? null
          : "the body names " + shortened(subdomain) + ", not " + context.subdomain();
    }
    return null;
  }

  private static boolean isGiven(String text) {
    return text != null && !text.isEmpty();
  }

  private static void noteBrokenPairs(BracketForm form, Findings findings) {
    for (BracketForm.BrokenPair pair : form.broken()) {
      findings.problemAt(
          switch (pair.defect()) {
            case MALFORMED_KEY -> NotUnderstood.Reason.MALFORMED_KEY;
            case NESTED_TOO_DEEP -> NotUnderstood.Reason.NESTED_TOO_DEEP;
            case REPEATED_KEY -> NotUnderstood.Reason.REPEATED_KEY;
          },
          pair.key());
    }
    findings.unlisted(form.brokenCount() - form.broken().size());
  }

  private static Decoded rejected(
      Findings findings,
      RejectionReason reason,
      String detail,
      String claimedId,
      String claimedSubdomain) {
    return new Decoded(
        List.of(),
        reason,
        detail,
        claimedId,
        claimedSubdomain,
        findings.problems(),
        findings.problemCount());
  }

  /**
   * Without a byte order mark and without what no form has at its ends and tools like to add: a
   * line's end would pass for the last letter of an id.
   */
  private static byte[] trimmed(byte[] body) {
    int from = startsWithByteOrderMark(body) ? 3 : 0;
    int to = body.length;
    while (from < to && isBlank(body[from])) {
      from++;
    }
    while (from < to && isBlank(body[to - 1])) {
      to--;
    }
    return to - from == body.length ? body : Arrays.copyOfRange(body, from, to);
  }

  private static boolean startsWithByteOrderMark(byte[] body) {
    return body.length >= 3
        && body[0] == (byte) 0xEF
        && body[1] == (byte) 0xBB
        && body[2] == (byte) 0xBF;
  }

  private static boolean isBlank(byte b) {
    return b >= 0 && b <= ' ';
  }

  /** Null when none is declared that is known and is not UTF-8. */
  private static Charset charset(String contentType) {
    if (contentType == null) {
      return null;
    }
    int at = contentType.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (at < 0) {
      return null;
    }
    String rest = contentType.substring(at + "charset=".length()).trim();
    int end = rest.indexOf(';');
    String name = (end < 0 ? rest : rest.substring(0, end)).replace("\"", "").trim();
    try {
      Charset named = Charset.forName(name);
      return named.equals(StandardCharsets.UTF_8) ? null : named;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String shortened(String claimed) {
    return claimed.length() <= 40 ? claimed : claimed.substring(0, 40) + "…";
  }
}
