package io.voronka.rules.domain.text;

import io.voronka.rules.domain.subject.SubjectView;
import java.util.function.UnaryOperator;

/** Takes what a text prints, and counts it. */
final class TextOutput {
  private final SubjectView view;
  private final UnaryOperator<String> escape;
  private final StringBuilder out;

  TextOutput(SubjectView view, UnaryOperator<String> escape, int expected) {
    this.view = view;
    this.escape = escape;
    this.out = new StringBuilder(expected + 32);
  }

  void literal(String text) {
    view.budget().take(Filter.steps(text.length()));
    if (out.length() + text.length() > Text.LONGEST) {
      throw new TextTooLongException();
    }
    out.append(text);
  }

  void value(String text) {
    if (text.length() > Text.LONGEST) {
      throw new TextTooLongException();
    }
    literal(escape.apply(text));
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
