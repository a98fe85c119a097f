package io.voronka.rules.domain.text;

import io.voronka.rules.domain.subject.SubjectView;
import java.util.List;

/** Something that has a value when a text is filled. Values are texts, as the CRM has them. */
sealed interface Term permits Term.Constant, Term.Piped, Variable {

  /**
   * Null when there is no value: unknown, or known to be empty. Never an empty list. Only a filter
   * or a constant may give an empty text.
   */
  List<String> values(SubjectView view);

  /** For messages. */
  String name();

  /** True when there is no value unless there is an event. */
  default boolean needsEvent() {
    return false;
  }

  /**
   * @throws MissingValueException when it has none
   */
  static List<String> known(Term term, SubjectView view) {
    List<String> values = term.values(view);
    if (values == null) {
      throw new MissingValueException(term.name());
    }
    return values;
  }

  /**
   * @throws MissingValueException when it has none
   */
  static String joined(Term term, SubjectView view) {
    return String.join(", ", known(term, view));
  }

  /** How a constant was written, which says how others are compared with it. */
  enum Kind {
    TEXT,
    NUMBER,
    FLAG
  }

  /** A value that the author wrote. */
  record Constant(Kind kind, String text) implements Term {
    boolean isFalse() {
      return kind == Kind.FLAG && text.equals("false");
    }

    @Override
    public List<String> values(SubjectView view) {
      return List.of(text);
    }

    @Override
    public String name() {
      return text;
    }
  }

  /** A value led through filters. */
  record Piped(Term source, List<Filter> filters) implements Term {
    @Override
    public List<String> values(SubjectView view) {
      List<String> values = source.values(view);
      for (Filter filter : filters) {
        if (values != null) {
          for (String value : values) {
            view.budget().take(Filter.steps(value.length()));
          }
        }
        if (values != null || filter.takesMissing()) {
          values = filter.apply(values, view);
        }
      }
      return values;
    }

    @Override
    public String name() {
      return source.name();
    }

    @Override
    public boolean needsEvent() {
      return source.needsEvent() && filters.stream().noneMatch(Filter::takesMissing);
    }
  }
}
