package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;
import io.voronka.schemas.CrmEvent;
import java.util.ArrayList;
import java.util.List;

/** What was found in one body so far, and where the reading stands. */
final class Findings {
  /** Top key, action, index and one more index. */
  private static final int DEEPEST = 4;

  private static final int LONGEST_NAME_SHOWN = 60;

  private final DeliveryContext context;
  private final List<CrmEvent> events = new ArrayList<>(2);
  private final List<NotUnderstood> problems = new ArrayList<>(0);
  private int problemCount;
  private final FormNode[] trail = new FormNode[DEEPEST];
  private int depth;

  Findings(DeliveryContext context) {
    this.context = context;
  }

  void enter(FormNode node) {
    trail[depth++] = node;
  }

  void leave() {
    depth--;
  }

  /** The part where the reading stands is not understood. */
  void problem(NotUnderstood.Reason reason) {
    problem(reason, null);
  }

  /** The same about a child of it. */
  void problem(NotUnderstood.Reason reason, FormNode child) {
    problemCount++;
    if (problems.size() < Decoded.MAX_LISTED) {
      StringBuilder path = new StringBuilder();
      for (int i = 0; i < depth; i++) {
        append(path, trail[i].name());
      }
      if (child != null) {
        append(path, child.name());
      }
      problems.add(new NotUnderstood(reason, path.toString()));
    }
  }

  void problemAt(NotUnderstood.Reason reason, String path) {
    problemCount++;
    if (problems.size() < Decoded.MAX_LISTED) {
      problems.add(new NotUnderstood(reason, path));
    }
  }

  /** Problems that were counted elsewhere and are not listed. */
  void unlisted(int more) {
    problemCount += more;
  }

  /** An id that is a number; null, and a problem, where there is none. */
  String numberId(String text) {
    return id(text, VendorId.isNumber(text));
  }

  /** An id that is a word; null, and a problem, where there is none. */
  String wordId(String text) {
    return id(text, VendorId.isWord(text));
  }

  private String id(String text, boolean good) {
    if (good) {
      return text;
    }
    problem(text == null ? NotUnderstood.Reason.MISSING_ID : NotUnderstood.Reason.BAD_ID);
    return null;
  }

  void event(EventDraft draft) {
    events.add(draft.toEvent(context));
  }

  List<CrmEvent> events() {
    return events;
  }

  List<NotUnderstood> problems() {
    return problems;
  }

  int problemCount() {
    return problemCount;
  }

  private static void append(StringBuilder path, String name) {
    String shown =
        name.length() > LONGEST_NAME_SHOWN ? name.substring(0, LONGEST_NAME_SHOWN) + "…" : name;
    if (path.length() == 0) {
      path.append(shown);
    } else {
      path.append('[').append(shown).append(']');
    }
  }
}
