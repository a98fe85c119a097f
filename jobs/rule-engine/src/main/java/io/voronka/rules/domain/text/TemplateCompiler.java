package io.voronka.rules.domain.text;

import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.subject.FieldRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import liqp.org.antlr.v4.runtime.ParserRuleContext;
import liquid.parser.v4.LiquidParser;
import liquid.parser.v4.LiquidParser.AtomContext;
import liquid.parser.v4.LiquidParser.ExprContext;
import liquid.parser.v4.LiquidParser.LookupContext;
import liquid.parser.v4.LiquidParser.TermContext;

/** Turns the parse tree of a template into pieces, and tells all that they cannot mean. */
final class TemplateCompiler {
  /** Stands for what is wrong, so that the rest can be looked at. */
  private static final Term NOTHING = new Term.Constant(Term.Kind.TEXT, "");

  private final Consumer<String> problems;
  private final Set<FieldRef> customFields = new LinkedHashSet<>();

  TemplateCompiler(Consumer<String> problems) {
    this.problems = problems;
  }

  List<Piece> compile(LiquidParser.ParseContext template) {
    return block(template.block());
  }

  /** Those that what was compiled so far names. */
  Set<FieldRef> customFields() {
    return Collections.unmodifiableSet(customFields);
  }

  private List<Piece> block(LiquidParser.BlockContext block) {
    List<Piece> pieces = new ArrayList<>();
    for (AtomContext atom : block.atom()) {
      if (atom instanceof LiquidParser.Atom_othersContext text) {
        pieces.add(new Piece.Literal(text.getText()));
      } else if (atom instanceof LiquidParser.Atom_outputContext output) {
        pieces.add(new Piece.Print(output(output.output())));
      } else if (atom instanceof LiquidParser.Atom_tagContext tag) {
        tag(tag.tag(), pieces);
      }
    }
    return List.copyOf(pieces);
  }

  /** Only the tags that got past {@link LiquidSource} come here. */
  private void tag(LiquidParser.TagContext tag, List<Piece> pieces) {
    if (tag.if_tag() != null) {
      pieces.add(choice(tag.if_tag()));
    } else if (tag.unless_tag() != null) {
      LiquidParser.Unless_tagContext unless = tag.unless_tag();
      List<Piece.Choice.Arm> arms = new ArrayList<>();
      arms.add(arm(new Check.Not(check(unless.expr())), unless.block()));
      otherwise(unless.else_tag(), arms);
      pieces.add(new Piece.Choice(arms));
    } else if (tag.case_tag() != null) {
      pieces.add(choice(tag.case_tag()));
    } else if (tag.raw_tag() != null) {
      pieces.add(new Piece.Literal(tag.raw_tag().raw_body().getText()));
    }
  }

  private Piece choice(LiquidParser.If_tagContext tag) {
    List<Piece.Choice.Arm> arms = new ArrayList<>();
    arms.add(arm(check(tag.expr()), tag.block()));
    for (LiquidParser.Elsif_tagContext elsif : tag.elsif_tag()) {
      arms.add(arm(check(elsif.expr()), elsif.block()));
    }
    otherwise(tag.else_tag(), arms);
    return new Piece.Choice(arms);
  }

  private Piece choice(LiquidParser.Case_tagContext tag) {
    List<Piece.Choice.Arm> arms = new ArrayList<>();
    Term term = term(tag.expr());
    for (LiquidParser.When_tagContext when : tag.when_tag()) {
      Check any = null;
      for (TermContext value : when.term()) {
        Check check =
            blank(value) ? new Check.Not(new Check.HasValue(term)) : equal(term, term(value));
        any = any == null ? check : new Check.Or(any, check);
      }
      arms.add(arm(any, when.block()));
    }
    otherwise(tag.else_tag(), arms);
    return new Piece.Choice(arms);
  }

  private void otherwise(LiquidParser.Else_tagContext tag, List<Piece.Choice.Arm> arms) {
    if (tag != null) {
      arms.add(arm(new Check.Always(), tag.block()));
    }
  }

  private Piece.Choice.Arm arm(Check check, LiquidParser.BlockContext block) {
    return new Piece.Choice.Arm(check, block(block));
  }

  private Term output(LiquidParser.OutputContext output) {
    if (output.unparsed != null) {
      problem(output.unparsed, output.unparsed.getStart().getText() + " is not expected here");
    }
    Term term = term(output.term());
    List<Filter> filters = new ArrayList<>();
    for (LiquidParser.FilterContext filter : output.filter()) {
      filter(filter, term.name(), filters);
    }
    return filters.isEmpty() ? term : new Term.Piped(term, List.copyOf(filters));
  }

  private void filter(LiquidParser.FilterContext filter, String subject, List<Filter> filters) {
    String name = filter.Id().getText();
    if (!Filters.knows(name)) {
      problem(filter, "unknown filter " + name + "; known are " + Filters.known());
      return;
    }
    List<Term> terms = new ArrayList<>();
    Map<String, Term> named = new LinkedHashMap<>();
    if (filter.params() != null) {
      for (LiquidParser.Param_exprContext param : filter.params().param_expr()) {
        if (param instanceof LiquidParser.Param_expr_key_valueContext pair) {
          named.put(pair.id2().getText(), term(pair.expr()));
        } else if (param instanceof LiquidParser.Param_expr_exprContext one) {
          terms.add(term(one.expr()));
        }
      }
    }
    Consumer<String> told = message -> problem(filter, "filter " + name + ": " + message);
    filters.add(Filters.of(name, new Arguments(subject, terms, named, told)));
  }

  private Check check(ExprContext expr) {
    if (expr instanceof LiquidParser.Expr_logicContext logic) {
      Check left = check(logic.lhs);
      Check right = check(logic.rhs);
      return logic.op.getType() == LiquidParser.And
          ? new Check.And(left, right)
          : new Check.Or(left, right);
    }
    if (expr instanceof LiquidParser.Expr_eqContext eq) {
      Check equal = equal(eq.lhs, eq.rhs);
      return eq.op.getType() == LiquidParser.Eq ? equal : new Check.Not(equal);
    }
    if (expr instanceof LiquidParser.Expr_relContext rel) {
      return ordered(rel);
    }
    if (expr instanceof LiquidParser.Expr_containsContext contains) {
      return new Check.Contains(term(contains.lhs), term(contains.rhs));
    }
    TermContext term = ((LiquidParser.Expr_termContext) expr).term();
    return term instanceof LiquidParser.Term_exprContext inner
        ? check(inner.expr())
        : new Check.HasValue(term(term));
  }

  private Check equal(ExprContext left, ExprContext right) {
    if (blank(left)) {
      return new Check.Not(new Check.HasValue(term(right)));
    }
    return blank(right)
        ? new Check.Not(new Check.HasValue(term(left)))
        : equal(term(left), term(right));
  }

  /** Compared as the constant is written, as in conditions. */
  private static Check equal(Term left, Term right) {
    ValueType type = ValueType.TEXT;
    for (Term term : List.of(left, right)) {
      if (term instanceof Term.Constant constant && constant.kind() != Term.Kind.TEXT) {
        type = constant.kind() == Term.Kind.NUMBER ? ValueType.NUMBER : ValueType.BOOLEAN;
      }
    }
    return new Check.Equal(left, right, type);
  }

  private Check ordered(LiquidParser.Expr_relContext rel) {
    Term left = term(rel.lhs);
    Term right = term(rel.rhs);
    for (Term term : List.of(left, right)) {
      if (term instanceof Term.Constant constant && constant.kind() != Term.Kind.NUMBER) {
        problem(rel, rel.op.getText() + " compares numbers, not " + constant.text());
      }
    }
    Check.Ordered.Order order =
        switch (rel.op.getType()) {
          case LiquidParser.Lt -> Check.Ordered.Order.LESS;
          case LiquidParser.LtEq -> Check.Ordered.Order.LESS_OR_EQUAL;
          case LiquidParser.Gt -> Check.Ordered.Order.GREATER;
          default -> Check.Ordered.Order.GREATER_OR_EQUAL;
        };
    return new Check.Ordered(left, order, right);
  }

  /** True for nil, empty and blank, which all mean that there is no value. */
  private static boolean blank(ExprContext expr) {
    return expr instanceof LiquidParser.Expr_termContext term && blank(term.term());
  }

  private static boolean blank(TermContext term) {
    return term instanceof LiquidParser.Term_NilContext
        || term instanceof LiquidParser.Term_EmptyContext
        || term instanceof LiquidParser.Term_BlankContext
        || (term instanceof LiquidParser.Term_lookupContext lookup
            && lookup.lookup() instanceof LiquidParser.Lookup_emptyContext);
  }

  private Term term(ExprContext expr) {
    if (expr instanceof LiquidParser.Expr_termContext term) {
      return term(term.term());
    }
    problem(expr, "a single value is expected");
    return NOTHING;
  }

  private Term term(TermContext term) {
    if (term instanceof LiquidParser.Term_lookupContext lookup && !blank(term)) {
      return variable(lookup.lookup());
    }
    if (term instanceof LiquidParser.Term_StrContext) {
      String quoted = term.getText();
      return new Term.Constant(Term.Kind.TEXT, quoted.substring(1, quoted.length() - 1));
    }
    if (term instanceof LiquidParser.Term_LongNumContext
        || term instanceof LiquidParser.Term_DoubleNumContext) {
      if (ValueType.NUMBER.parse(term.getText()) == null) {
        problem(term, "not a number: " + term.getText());
      }
      return new Term.Constant(Term.Kind.NUMBER, term.getText());
    }
    if (term instanceof LiquidParser.Term_TrueContext
        || term instanceof LiquidParser.Term_FalseContext) {
      return new Term.Constant(Term.Kind.FLAG, term.getText());
    }
    problem(term, "a value is expected, not " + term.getText());
    return NOTHING;
  }

  private Term variable(LookupContext lookup) {
    List<String> path = path(lookup);
    Variable variable = path == null ? null : Variable.at(path);
    if (variable == null) {
      String name = path == null ? lookup.getText() : String.join(".", path);
      problem(lookup, "unknown variable " + name + "; known are " + Variable.FORMS);
      return NOTHING;
    }
    if (variable.field() != null && variable.field().naming() != FieldRef.Naming.STANDARD) {
      customFields.add(variable.field());
    }
    return variable;
  }

  /** Null when a part of it is not written out. */
  private List<String> path(LookupContext lookup) {
    if (!(lookup instanceof LiquidParser.Lookup_id_indexesContext dotted)) {
      return null;
    }
    List<String> path = new ArrayList<>();
    path.add(dotted.id().getText());
    for (LiquidParser.IndexContext index : dotted.index()) {
      if (index.id2() != null) {
        path.add(index.id2().getText());
      } else if (index.expr() instanceof LiquidParser.Expr_termContext literal
          && (literal.term() instanceof LiquidParser.Term_LongNumContext
              || literal.term() instanceof LiquidParser.Term_StrContext)) {
        path.add(((Term.Constant) term(literal.term())).text());
      } else {
        return null;
      }
    }
    return path;
  }

  private void problem(ParserRuleContext place, String message) {
    problems.accept(LiquidSource.place(place.getStart()) + message);
  }
}
