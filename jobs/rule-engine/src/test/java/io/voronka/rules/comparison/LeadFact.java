package io.voronka.rules.comparison;

import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectState;
import java.util.List;
import java.util.function.Function;

/**
 * A lead the way the other engines like it best: a bean with the fields that the comparison's rules
 * name and no others, its values converted. Null is unknown, an empty text is known to be empty.
 *
 * @param price whole units
 */
public record LeadFact(
    String name, String statusId, String responsibleUserId, String phone, Long price) {

  private static final FieldRef NAME = FieldRef.standard("name");
  private static final FieldRef STATUS = FieldRef.STAGE;
  private static final FieldRef RESPONSIBLE = FieldRef.standard("responsible_user_id");
  private static final FieldRef PHONE = FieldRef.customCode("PHONE", FieldRef.Part.TEXT);
  private static final FieldRef PRICE = FieldRef.standard("price");

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

  /** What the other engines would have to be given for each event, from what is known then. */
  static LeadFact of(SubjectState lead) {
    String price = lead.text(PRICE);
    return new LeadFact(
        text(lead, NAME),
        text(lead, STATUS),
        text(lead, RESPONSIBLE),
        first(lead.texts(PHONE)),
        price == null ? null : Long.valueOf(price));
  }

  private static String text(SubjectState lead, FieldRef field) {
    String text = lead.text(field);
    return text == null ? null : text.strip();
  }

  private static String first(List<String> texts) {
    return texts == null ? null : texts.isEmpty() ? "" : texts.get(0);
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
