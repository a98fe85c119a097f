package io.voronka.infra.sandbox.kommo.hooks;

import io.voronka.infra.sandbox.kommo.model.CustomField;
import io.voronka.infra.sandbox.kommo.model.FieldValue;
import io.voronka.infra.sandbox.kommo.model.FilledField;
import io.voronka.infra.sandbox.kommo.model.Tag;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.kommo.state.Signal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects the keys and values of one entity in the order in which Kommo sends them. */
final class FieldList {
  private static final long SECONDS_OF_DAY = 86_400;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.ROOT);

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
      addPath(place + "[value]", shown(field, value.value()));
      if (value.enumId() != null) {
        addPath(place + "[enum]", value.enumId());
      }
    }
  }

  private static String shown(CustomField field, String value) {
    return switch (field.type()) {
      case "checkbox" -> value.equals("true") ? "1" : "0";
      case "birthday" -> day(value);
      default -> value;
    };
  }

  /**
   * {@code 12.01.1980}. An account's time zone is not simulated: wherever it is, the nearest day is
   * the one whose beginning was written.
   */
  private static String day(String seconds) {
    long days = Math.floorDiv(Long.parseLong(seconds) + SECONDS_OF_DAY / 2, SECONDS_OF_DAY);
    return LocalDate.ofEpochDay(days).format(DAY);
  }

  List<Signal.Pair> pairs() {
    return pairs;
  }
}
