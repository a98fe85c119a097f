package io.voronka.rules.domain.action;

import io.voronka.rules.domain.subject.SubjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A text with variables: {@code Hello {{lead.name|there}}}. The part after the bar stands in for a
 * value that is unknown or empty. Nothing in it is executed, and values are not read for variables
 * again.
 */
public final class Text {
  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";

  private final String source;
  private final List<Piece> pieces;

  private Text(String source, List<Piece> pieces) {
    this.source = source;
    this.pieces = List.copyOf(pieces);
  }

  /** Exactly one of the first two is set. */
  private record Piece(String literal, Variable variable, String otherwise) {}

  /**
   * @param problems told of every variable that is not known and of every brace left open
   */
  public static Text parse(String source, Consumer<String> problems) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    int open;
    while ((open = source.indexOf(OPEN, at)) >= 0) {
      int close = source.indexOf(CLOSE, open);
      if (close < 0) {
        problems.accept("{{ without }}");
        break;
      }
      pieces.add(new Piece(source.substring(at, open), null, null));
      variable(source.substring(open + OPEN.length(), close), pieces, problems);
      at = close + CLOSE.length();
    }
    pieces.add(new Piece(source.substring(at), null, null));
    return new Text(source, pieces);
  }

  /** A text that is taken as it is. */
  public static Text literal(String text) {
    return new Text(text, List.of(new Piece(text, null, null)));
  }

  /**
   * @param escape applied to each value, not to what the author wrote
   * @throws MissingValueException when a variable has neither value nor default
   */
  String fill(SubjectView view, UnaryOperator<String> escape) {
    if (pieces.size() == 1) {
      return pieces.get(0).literal();
    }
    StringBuilder filled = new StringBuilder(source.length() + 32);
    for (Piece piece : pieces) {
      filled.append(piece.variable() == null ? piece.literal() : escape.apply(value(piece, view)));
    }
    return filled.toString();
  }

  String fill(SubjectView view) {
    return fill(view, UnaryOperator.identity());
  }

  private static String value(Piece piece, SubjectView view) {
    String value = piece.variable().read(view);
    if (value != null && !value.isEmpty()) {
      return value;
    }
    if (piece.otherwise() == null) {
      throw new MissingValueException(piece.variable().name());
    }
    return piece.otherwise();
  }

  private static void variable(String inside, List<Piece> pieces, Consumer<String> problems) {
    int bar = inside.indexOf('|');
    String name = (bar < 0 ? inside : inside.substring(0, bar)).strip();
    String otherwise = bar < 0 ? null : inside.substring(bar + 1).strip();
    Variable variable = Variable.named(name);
    if (variable == null) {
      problems.accept("unknown variable " + name + "; known are " + Variable.FORMS);
      return;
    }
    pieces.add(new Piece(null, variable, otherwise));
  }

  @Override
  public String toString() {
    return source;
  }
}
