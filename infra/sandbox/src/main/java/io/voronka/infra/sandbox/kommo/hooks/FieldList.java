package io.voronka.infra.sandbox.kommo.hooks;

import io.voronka.infra.sandbox.kommo.model.CustomField;
import io.voronka.infra.sandbox.kommo.model.FieldValue;
import io.voronka.infra.sandbox.kommo.model.FilledField;
import io.voronka.infra.sandbox.kommo.model.Tag;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.kommo.state.Signal;
import java.util.ArrayList;
import java.util.List;

/** Collects the keys and values of one entity in the order in which Kommo sends them. */
final class FieldList {
  private final List<Signal.Pair> pairs = new ArrayList<>();
  private final String prefix;

  FieldList() {
    this("");
  }

  /** Puts {@code prefix}, such as {@code [note]}, before every key. */
  FieldList(String prefix) {
    this.prefix = prefix;
  }

  FieldList add(String key, Object value) {
    return addPath("[" + key + "]", value);
  }

  /** Leaves the key out when there is no value, as Kommo does. */
  FieldList addIfPresent(String key, Object value) {
    return value == null ? this : add(key, value);
  }

  FieldList addPath(String path, Object value) {
    pairs.add(new Signal.Pair(prefix + path, String.valueOf(value)));
    return this;
  }

  FieldList addTags(List<Tag> tags) {
    for (int i = 0; i < tags.size(); i++) {
      addPath("[tags][" + i + "][id]", tags.get(i).id());
      addPath("[tags][" + i + "][name]", tags.get(i).name());
    }
    return this;
  }

  /** Only filled fields; {@code code} after the values; the value's shape depends on the type. */
  FieldList addCustomFields(KommoAccount account, String entityType, List<FilledField> fields) {
    int i = 0;
    for (FilledField filled : fields) {
      CustomField field = account.field(entityType, filled.fieldId()).orElse(null);
      if (field != null) {
        String at = "[custom_fields][" + i + "]";
        addPath(at + "[id]", field.id());
        addPath(at + "[name]", field.name());
        addValues(at + "[values]", field, filled.values());
        if (field.code() != null) {
          addPath(at + "[code]", field.code());
        }
        i++;
      }
    }
    return this;
  }

  private void addValues(String at, CustomField field, List<FieldValue> values) {
    for (int j = 0; j < values.size(); j++) {
      FieldValue value = values.get(j);
      if (field.dated()) {
        addPath(at + "[" + j + "]", value.value());
        continue;
      }
      // A radio button has one value and, alone among the types, no index before it.
      String place = field.type().equals("radiobutton") ? at : at + "[" + j + "]";
      String shown =
          field.type().equals("checkbox")
              ? (value.value().equals("true") ? "1" : "0")
              : value.value();
      addPath(place + "[value]", shown);
      if (value.enumId() != null) {
        addPath(place + "[enum]", value.enumId());
      }
    }
  }

  List<Signal.Pair> pairs() {
    return pairs;
  }
}
