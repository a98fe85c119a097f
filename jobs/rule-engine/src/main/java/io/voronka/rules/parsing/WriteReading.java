package io.voronka.rules.parsing;

import io.voronka.rules.domain.action.Effect;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.Value;
import io.voronka.rules.domain.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what fields become. */
final class WriteReading {
  /** Standard fields that the vendor's interface lets one write on a lead. */
  private static final Set<String> WRITABLE = Set.of("name", "price", "responsible_user_id");

  private static final Set<String> NUMBERS = Set.of("price", "responsible_user_id");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");

  private static final List<String> WAYS =
      List.of("value", "values", "enum_ids", "enum_codes", "clear");

  private WriteReading() {}

  static List<Effect.Write> read(Node writes) {
    List<Effect.Write> read = new ArrayList<>();
    Set<FieldRef> fields = new HashSet<>();
    for (Node node : writes.items()) {
      FieldRef field = FieldReading.field(node);
      if (Stream.of("value", "values", "enum_ids", "enum_codes", "clear").filter(node::has).count()
          != 1) {
        node.problem("exactly one of " + String.join(", ", WAYS) + " is expected");
      }
      if (field != null) {
        Effect.Write write = new Effect.Write(field, texts(node), enums(node));
        check(field, node);
        if (!fields.add(field)) {
          node.problem(field + " is written already");
        }
        if (NUMBERS.contains(field.name()) && field.naming() == FieldRef.Naming.STANDARD) {
          checkNumber(write, node.at("value"));
        }
        read.add(write);
      }
    }
    return read;
  }

  private static void check(FieldRef field, Node node) {
    if (field.naming() != FieldRef.Naming.STANDARD) {
      return;
    }
    if (!WRITABLE.contains(field.name())) {
      node.at("field")
          .problem(
              "only name, price and responsible_user_id can be written; stages by change_stage");
    }
    if (!node.has("value")) {
      node.problem("a standard field takes exactly one value");
    }
  }

  /** The CRM takes no other. */
  private static void checkNumber(Effect.Write write, Node value) {
    for (Text text : write.texts()) {
      if (text.constant() && !WHOLE_NUMBER.matcher(text.toString().strip()).matches()) {
        value.problem("a whole number is expected");
      }
    }
  }

  private static List<Text> texts(Node node) {
    List<Node> values = new ArrayList<>(node.at("values").items());
    if (node.has("value")) {
      values.add(node.at("value"));
    }
    List<Text> texts = new ArrayList<>();
    for (Node value : values) {
      value.scalar().ifPresent(text -> texts.add(Text.parse(text, value::problem)));
    }
    return texts;
  }

  private static List<Value> enums(Node node) {
    List<Value> values = new ArrayList<>();
    for (Node id : node.at("enum_ids").oneOrMore()) {
      id.text().ifPresent(text -> values.add(new Value(null, text, null)));
    }
    for (Node code : node.at("enum_codes").items()) {
      code.text().ifPresent(text -> values.add(new Value(null, null, text)));
    }
    return values;
  }
}
