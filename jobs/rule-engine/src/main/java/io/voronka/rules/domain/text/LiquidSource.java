package io.voronka.rules.domain.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import liqp.TemplateParser;
import liqp.org.antlr.v4.runtime.BaseErrorListener;
import liqp.org.antlr.v4.runtime.CharStreams;
import liqp.org.antlr.v4.runtime.CommonTokenStream;
import liqp.org.antlr.v4.runtime.RecognitionException;
import liqp.org.antlr.v4.runtime.Recognizer;
import liqp.org.antlr.v4.runtime.Token;
import liqp.org.antlr.v4.runtime.WritableToken;
import liqp.org.antlr.v4.runtime.atn.PredictionMode;
import liqp.org.antlr.v4.runtime.misc.Interval;
import liquid.parser.v4.LiquidLexer;
import liquid.parser.v4.LiquidParser;

/**
 * Reads the grammar. Tags that are not allowed, and what nests or runs on too far for a parser that
 * calls itself, are turned away by their tokens, before anything is parsed.
 */
final class LiquidSource {
  /** Tokens between two braces. */
  private static final int LONGEST_TAG = 200;

  /** Tags inside tags. */
  private static final int DEEPEST = 20;

  private static final Set<Integer> ALLOWED =
      Set.of(
          LiquidLexer.IfStart,
          LiquidLexer.Elsif,
          LiquidLexer.Else,
          LiquidLexer.IfEnd,
          LiquidLexer.UnlessStart,
          LiquidLexer.UnlessEnd,
          LiquidLexer.CaseStart,
          LiquidLexer.When,
          LiquidLexer.CaseEnd,
          LiquidLexer.CommentStart,
          LiquidLexer.CommentEnd,
          LiquidLexer.RawStart,
          // {% # a remark %} has nothing but braces.
          LiquidLexer.TagEnd);
  private static final Set<Integer> OPENING =
      Set.of(LiquidLexer.IfStart, LiquidLexer.UnlessStart, LiquidLexer.CaseStart);
  private static final Set<Integer> CLOSING =
      Set.of(LiquidLexer.IfEnd, LiquidLexer.UnlessEnd, LiquidLexer.CaseEnd);

  private LiquidSource() {}

  /** Empty when something is wrong with it. */
  static Optional<LiquidParser.ParseContext> read(String source, Consumer<String> problems) {
    Errors errors = new Errors();
    LiquidLexer lexer =
        new LiquidLexer(CharStreams.fromString(source), true, false, false, Set.of(), Set.of());
    lexer.removeErrorListeners();
    lexer.addErrorListener(errors);
    CommonTokenStream tokens = new CommonTokenStream(lexer);
    tokens.fill();
    check(tokens.getTokens(), errors.found);
    if (errors.found.isEmpty()) {
      // What the quick prediction can read, the thorough one would read the same, ten times slower.
      LiquidParser.ParseContext quick = parse(tokens, PredictionMode.SLL, new Errors());
      LiquidParser.ParseContext parsed =
          quick != null ? quick : parse(tokens, PredictionMode.LL, errors);
      if (parsed != null) {
        return Optional.of(parsed);
      }
    }
    // What follows the first is mostly its consequence.
    problems.accept(errors.found.get(0));
    return Optional.empty();
  }

  /** Null when there are errors. */
  private static LiquidParser.ParseContext parse(
      CommonTokenStream tokens, PredictionMode prediction, Errors errors) {
    tokens.seek(0);
    // The lax grammar, because it says where it stopped to understand; the rest is a problem.
    LiquidParser parser = new LiquidParser(tokens, true, false, TemplateParser.ErrorMode.LAX);
    parser.getInterpreter().setPredictionMode(prediction);
    parser.removeErrorListeners();
    parser.addErrorListener(errors);
    LiquidParser.ParseContext parsed = parser.parse();
    return errors.found.isEmpty() ? parsed : null;
  }

  /**
   * The place of a token, for a message. Counted from its index, because this lexer gives the parts
   * of a dotted name the line and column where the name ends.
   */
  static String place(Token token) {
    int start = token.getStartIndex();
    String before = start == 0 ? "" : token.getInputStream().getText(Interval.of(0, start - 1));
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int from = before.lastIndexOf('\n') + 1;
    return place(line, before.codePointCount(from, before.length()));
  }

  private static String place(int line, int column) {
    return "line " + line + ", column " + (column + 1) + ": ";
  }

  private static void check(List<Token> tokens, List<String> problems) {
    Token last = null;
    int inTag = 0;
    int depth = 0;
    for (Token token : tokens) {
      if (token.getChannel() != Token.DEFAULT_CHANNEL) {
        continue;
      }
      int type = token.getType();
      boolean first = last != null && starts(last.getType());
      if (first
          && last.getType() != LiquidLexer.OutStart
          && last.getType() != LiquidLexer.OutStart2) {
        if (!ALLOWED.contains(type)) {
          problems.add(
              place(token)
                  + "the tag "
                  + token.getText()
                  + " is not allowed; allowed are if, unless, case, raw and comment");
        }
        depth += OPENING.contains(type) ? 1 : CLOSING.contains(type) ? -1 : 0;
        if (depth > DEEPEST) {
          problems.add(place(token) + "tags nest at most " + DEEPEST + " deep");
        }
      }
      boolean literal = type == LiquidLexer.Other || type == LiquidLexer.OtherRaw;
      inTag = literal || starts(type) ? 0 : inTag + 1;
      if (inTag > LONGEST_TAG) {
        problems.add(place(token) + "at most " + LONGEST_TAG + " words stand between two braces");
      }
      if (type == LiquidLexer.LongNum && last != null && last.getType() == LiquidLexer.Dot) {
        // lead.field.600001: Liquid has numbers as names only in brackets.
        ((WritableToken) token).setType(LiquidLexer.Id);
      }
      if (!problems.isEmpty()) {
        return;
      }
      last = token;
    }
  }

  private static boolean starts(int type) {
    return type == LiquidLexer.TagStart
        || type == LiquidLexer.OutStart
        || type == LiquidLexer.OutStart2;
  }

  /** Words for what the grammar does not accept. */
  private static final class Errors extends BaseErrorListener {
    private final List<String> found = new ArrayList<>();

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        Object symbol,
        int line,
        int column,
        String message,
        RecognitionException e) {
      if (!(symbol instanceof Token token)) {
        String letters = message.replace("token recognition error at: ", "");
        found.add(place(line, column) + letters + " is not expected here");
      } else if (token.getType() == Token.EOF) {
        found.add(place(token) + "something that was opened is not closed");
      } else {
        found.add(place(token) + token.getText() + " is not expected here");
      }
    }
  }
}
