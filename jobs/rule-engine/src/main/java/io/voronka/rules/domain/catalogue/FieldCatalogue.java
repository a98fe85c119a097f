package io.voronka.rules.domain.catalogue;

import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldRow;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The custom fields of one account. A field that a rule names is looked for among those of leads
 * first, then of contacts and companies. Empty: nothing is known, and nothing can be said.
 */
public final class FieldCatalogue {
  private static final List<EntityType> ORDER =
      List.of(EntityType.LEAD, EntityType.CONTACT, EntityType.COMPANY);

  /** Of an account that was never imported. */
  public static final FieldCatalogue UNKNOWN = of(List.of());

  private final Map<String, KnownField> byId = new HashMap<>();
  private final Map<String, KnownField> byCode = new HashMap<>();

  private final Map<EntityType, Map<String, String>> idsByCode = new EnumMap<>(EntityType.class);

  /** Codes that name fields of different ids. */
  private final Set<String> shared = new HashSet<>();

  private FieldCatalogue() {}

  /**
   * @param rows of one account
   */
  public static FieldCatalogue of(Collection<FieldRow> rows) {
    FieldCatalogue catalogue = new FieldCatalogue();
    rows.stream()
        .sorted(
            Comparator.<FieldRow>comparingInt(row -> ORDER.indexOf(row.getEntityType()))
                .thenComparing(FieldRow::getFieldId))
        .forEach(row -> catalogue.add(KnownField.of(row)));
    return catalogue;
  }

  private void add(KnownField field) {
    byId.putIfAbsent(field.id(), field);
    if (field.code() != null) {
      idsByCode
          .computeIfAbsent(field.entity(), entity -> new HashMap<>())
          .putIfAbsent(field.code(), field.id());
      KnownField other = byCode.putIfAbsent(field.code(), field);
      if (other != null && !other.id().equals(field.id())) {
        shared.add(field.code());
      }
    }
  }

  public boolean isEmpty() {
    return byId.isEmpty();
  }

  /** Null when it is no custom field, or there is none of this name. */
  public KnownField find(FieldRef ref) {
    return switch (ref.naming()) {
      case STANDARD -> null;
      case CUSTOM_ID -> byId.get(ref.name());
      case CUSTOM_CODE -> byCode.get(ref.name());
    };
  }

  /** Ids of fields by their codes, of each kind of entity. */
  public Map<EntityType, Map<String, String>> idsByCode() {
    return Collections.unmodifiableMap(idsByCode);
  }

  /** True when a code can mean one field only, whatever entity is asked for it. */
  public boolean isOneField(String code) {
    return byCode.containsKey(code) && !shared.contains(code);
  }
}
