package io.voronka.rules.domain.text;

import io.voronka.rules.domain.condition.MadeOnce;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A text with variables, in Liquid: {@code Hello {{ lead.name | default: "there" }}}. Read once,
 * when the rule is; safe for any number of threads. Values are never read as templates again.
 */
public final class Text {
  /** Most characters that a text may have when it is filled. */
  public static final int LONGEST = 20_000;

  private static final MadeOnce<String, Text> READ = new MadeOnce<>();

  private final String source;

  /** Null: the source as it is. */
  private final List<Piece> pieces;

  private final Set<FieldRef> customFields;

  private Text(String source, List<Piece> pieces, Set<FieldRef> customFields) {
    this.source = source;
    this.pieces = pieces;
    this.customFields = customFields;
  }

  /**
   * Reading takes long, so that rules which say the same share the text.
   *
   * @param problems told of all that is wrong with it, each with its line and column; the text is
   *     of use only if there were none
   */
  public static Text parse(String source, Consumer<String> problems) {
    if (!source.contains("{{") && !source.contains("{%")) {
      return literal(source);
    }
    List<String> wrong = new ArrayList<>();
    Text text = READ.of(source, s -> read(s, wrong::add), made -> wrong.isEmpty());
    wrong.forEach(problems);
    return text;
  }

  private static Text read(String source, Consumer<String> problems) {
    TemplateCompiler compiler = new TemplateCompiler(problems);
    return LiquidSource.read(source, problems)
        .map(compiler::compile)
        .map(pieces -> new Text(source, pieces, compiler.customFields()))
        .orElseGet(() -> literal(source));
  }

  /** A text that is taken as it is. */
  public static Text literal(String text) {
    return new Text(text, null, Set.of());
  }

  /**
   * @throws UnfillableTextException when a value is missing or does not fit, or when the budget is
   *     spent
   */
  public String fill(SubjectView view) {
    return fill(view, UnaryOperator.identity());
  }

  /**
   * @param escape applied to each value, not to what the author wrote
   * @throws UnfillableTextException as in {@link #fill(SubjectView)}
   */
  public String fill(SubjectView view, UnaryOperator<String> escape) {
    if (pieces == null) {
      return source;
    }
    TextOutput out = new TextOutput(view, escape, source.length());
    for (Piece piece : pieces) {
      piece.print(view, out);
    }
    return out.toString();
  }

  /** As {@link #fill(SubjectView)}, with each value made fit for a JSON string. */
  public String fillJson(SubjectView view) {
    return fill(view, JsonText::escaped);
  }

  /** The custom fields that it names, of the lead or of its contact. */
  public Set<FieldRef> customFields() {
    return customFields;
  }

  /** True when it cannot be filled unless there is an event. */
  public boolean needsEvent() {
    return pieces != null
        && pieces.stream()
            .anyMatch(piece -> piece instanceof Piece.Print print && print.term().needsEvent());
  }

  /** True when there is nothing to fill in. */
  public boolean constant() {
    return pieces == null;
  }

  /** As {@link #fill(SubjectView)}, with each value made fit for HTML. */
  public String fillHtml(SubjectView view) {
    return fill(view, Filters::htmlEscaped);
  }

  @Override
  public String toString() {
    return source;
  }
}
