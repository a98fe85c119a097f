package io.voronka.rules.domain.text;

import io.voronka.rules.domain.subject.SubjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** Turns values into other values. What it writes is counted before it is written. */
interface Filter {
  /**
   * @param values not null unless the filter takes missing values
   * @return null only if it takes missing values
   */
  List<String> apply(List<String> values, SubjectView view);

  /** True for the filter that stands in for missing values; the others are passed by. */
  default boolean takesMissing() {
    return false;
  }

  /** Letters are copied several at a time. */
  static long steps(long letters) {
    return 1 + letters / 8;
  }

  /**
   * As {@link #each(UnaryOperator)}, for what takes more than copying letters.
   *
   * @param price steps for a value, besides those of its letters
   */
  static Filter each(ToLongFunction<String> price, UnaryOperator<String> change) {
    Filter each = each(change);
    return (values, view) -> {
      for (String value : values) {
        view.budget().take(price.applyAsLong(value));
      }
      return each.apply(values, view);
    };
  }

  /** A filter that works on each value by itself. */
  static Filter each(UnaryOperator<String> change) {
    return (values, view) -> {
      if (values.size() == 1) {
        return List.of(change.apply(values.get(0)));
      }
      List<String> changed = new ArrayList<>(values.size());
      for (String value : values) {
        changed.add(change.apply(value));
      }
      return changed;
    };
  }
}
