package io.voronka.infra.sandbox.kommo.actions;

import io.voronka.infra.sandbox.kommo.model.FieldValue;
import io.voronka.infra.sandbox.kommo.model.FilledField;
import java.util.ArrayList;
import java.util.List;

/**
 * A new content of a custom field.
 *
 * @param values empty clears the field
 */
public record FieldChange(long fieldId, List<FieldValue> values) {
  /** The filled fields after the changes; places of fields that stay are kept. */
  static List<FilledField> apply(List<FilledField> before, List<FieldChange> changes) {
    List<FilledField> after = new ArrayList<>(before);
    for (FieldChange change : changes) {
      int place = -1;
      for (int i = 0; i < after.size(); i++) {
        place = after.get(i).fieldId() == change.fieldId ? i : place;
      }
      if (change.values.isEmpty()) {
        if (place >= 0) {
          after.remove(place);
        }
      } else if (place >= 0) {
        after.set(place, new FilledField(change.fieldId, change.values));
      } else {
        after.add(new FilledField(change.fieldId, change.values));
      }
    }
    return after;
  }
}
