package io.voronka.rules.comparison;

import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import java.util.function.Function;

/**
 * A lead the way the other engines like it best: a bean, its values read and converted before the
 * clock runs. Null is unknown, an empty text is known to be empty.
 *
 * @param price whole units
 */
public record LeadFact(
    String name, String statusId, String responsibleUserId, String phone, Long price) {

  /** The fields that rules of the comparison may name. */
  enum Property {
    NAME("name", LeadFact::name),
    STATUS_ID("statusId", LeadFact::statusId),
    RESPONSIBLE_USER_ID("responsibleUserId", LeadFact::responsibleUserId),
    PHONE("phone", LeadFact::phone),
    PRICE("price", null);

    private final String bean;
    private final Function<LeadFact, String> text;

    Property(String bean, Function<LeadFact, String> text) {
      this.bean = bean;
      this.text = text;
    }

    /**
     * @throws IllegalArgumentException when the comparison does not know the field
     */
    static Property of(FieldRef field) {
      for (Property property : values()) {
        boolean standard = field.naming() == FieldRef.Naming.STANDARD && property != PHONE;
        boolean code = field.naming() == FieldRef.Naming.CUSTOM_CODE && property == PHONE;
        if ((standard || code) && property.name().equalsIgnoreCase(field.name())) {
          return property;
        }
      }
      throw new IllegalArgumentException("the comparison does not know " + field);
    }

    /** Name of the bean's property. */
    String bean() {
      return bean;
    }

    boolean number() {
      return this == PRICE;
    }

    Function<LeadFact, String> text() {
      return text;
    }
  }

  static LeadFact of(CrmEvent event) {
    String price = event.getFields().get("price");
    return new LeadFact(
        text(event, "name"),
        text(event, "status_id"),
        text(event, "responsible_user_id"),
        phone(event),
        price == null ? null : Long.valueOf(price));
  }

  private static String text(CrmEvent event, String field) {
    String text = event.getFields().get(field);
    return text == null ? null : text.strip();
  }

  private static String phone(CrmEvent event) {
    for (CustomField field : event.getCustomFields()) {
      if ("PHONE".equals(field.getCode())) {
        return field.getValues().isEmpty() ? "" : field.getValues().get(0).getValue();
      }
    }
    return null;
  }

  // Esper finds properties by these.

  public String getName() {
    return name;
  }

  public String getStatusId() {
    return statusId;
  }

  public String getResponsibleUserId() {
    return responsibleUserId;
  }

  public String getPhone() {
    return phone;
  }

  public Long getPrice() {
    return price;
  }
}
