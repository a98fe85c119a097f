package io.voronka.rules.domain.text;

import io.voronka.rules.domain.subject.SubjectView;
import java.util.List;

/** A part of a template. */
sealed interface Piece {

  void print(SubjectView view, TextOutput out);

  /** What the author wrote. */
  record Literal(String text) implements Piece {
    @Override
    public void print(SubjectView view, TextOutput out) {
      out.literal(text);
    }
  }

  /** {@code {{ lead.name | upcase }}}: several values are parted by commas. */
  record Print(Term term) implements Piece {
    @Override
    public void print(SubjectView view, TextOutput out) {
      view.budget().take(1);
      List<String> values = Term.known(term, view);
      out.value(values.size() == 1 ? values.get(0) : String.join(", ", values));
    }
  }

  /** The first arm whose check holds, or none. */
  record Choice(List<Arm> arms) implements Piece {
    record Arm(Check check, List<Piece> pieces) {}

    @Override
    public void print(SubjectView view, TextOutput out) {
      for (Arm arm : arms) {
        view.budget().take(1);
        if (arm.check().holds(view)) {
          for (Piece piece : arm.pieces()) {
            piece.print(view, out);
          }
          return;
        }
      }
    }
  }
}
