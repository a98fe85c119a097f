package io.voronka.rules.domain.subject;

import io.voronka.schemas.CustomField;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Custom fields by id. Rules also ask by code, which few fields have: those are remembered on the
 * way in, so that nobody has to go through all of them. Nothing is put in once it is part of a
 * state.
 */
public final class CustomFields extends AbstractMap<String, KnownCustom> {
  private final Map<String, KnownCustom> byId;
  private String[] codedIds = new String[2];
  private KnownCustom[] coded = new KnownCustom[2];
  private int codes;

  /**
   * @param most about how many there will be
   */
  public CustomFields(int most) {
    this.byId = new HashMap<>((most + 2) * 4 / 3);
  }

  /**
   * The code of a field that an event carries.
   *
   * @param known fields of the same entity, which may tell it where the event does not
   * @return null when nobody has told it
   */
  public static String code(CustomField carried, Map<String, KnownCustom> known) {
    KnownCustom same = carried.getCode() == null ? known.get(carried.getId()) : null;
    return same == null ? carried.getCode() : same.code();
  }

  /** Null when no field has the code. */
  static KnownCustom find(Map<String, KnownCustom> fields, String code) {
    if (fields instanceof CustomFields custom) {
      return custom.byCode(code);
    }
    CustomFields all = new CustomFields(fields.size());
    fields.forEach(all::put);
    return all.byCode(code);
  }

  @Override
  public int size() {
    return byId.size();
  }

  @Override
  public KnownCustom get(Object id) {
    return byId.get(id);
  }

  @Override
  public boolean containsKey(Object id) {
    return byId.containsKey(id);
  }

  @Override
  public Set<Map.Entry<String, KnownCustom>> entrySet() {
    return byId.entrySet();
  }

  @Override
  public KnownCustom put(String id, KnownCustom field) {
    KnownCustom before = byId.put(id, field);
    if (field.code() != null || (before != null && before.code() != null)) {
      remember(id, field);
    }
    return before;
  }

  private void remember(String id, KnownCustom field) {
    int place = 0;
    while (place < codes && !codedIds[place].equals(id)) {
      place++;
    }
    if (place == coded.length) {
      codedIds = Arrays.copyOf(codedIds, place * 2);
      coded = Arrays.copyOf(coded, place * 2);
    }
    codedIds[place] = id;
    coded[place] = field;
    codes = Math.max(codes, place + 1);
  }

  /** Should two fields have one code, the lower id: any choice will do, but always the same. */
  private KnownCustom byCode(String code) {
    int found = -1;
    for (int i = 0; i < codes; i++) {
      boolean named = code.equals(coded[i].code());
      if (named && (found < 0 || codedIds[i].compareTo(codedIds[found]) < 0)) {
        found = i;
      }
    }
    return found < 0 ? null : coded[found];
  }
}
