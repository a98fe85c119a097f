package io.voronka.schemas;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One name for one person however the address is written: {@code phone:79991234567}, {@code
 * mail:client@example.com}, {@code contact:account/id}.
 */
public final class RecipientKeys {
  private static final int FEWEST_DIGITS = 5;
  private static final int MOST_DIGITS = 15;

  /** A Russian number as it is dialled inside the country: 8, then ten digits. */
  private static final String RUSSIAN_TRUNK = "8[0-9]{10}";

  private RecipientKeys() {}

  /**
   * Digits alone; a Russian number that begins with 8 and no plus is the one that begins with 7.
   * Empty when it is no phone number.
   */
  public static Optional<String> phone(String text) {
    String written = text.strip();
    if (!written.matches("\\+?[0-9()\\s.\u00A0-]+")) {
      return Optional.empty();
    }
    String digits = written.replaceAll("[^0-9]", "");
    if (digits.length() < FEWEST_DIGITS || digits.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    boolean inside = !written.startsWith("+") && digits.matches(RUSSIAN_TRUNK);
    return Optional.of("phone:" + (inside ? "7" + digits.substring(1) : digits));
  }

  /** In lower case; empty when it is no mail address. */
  public static Optional<String> mail(String text) {
    String address = text.strip().toLowerCase(Locale.ROOT);
    return address.matches("[^@\\s|]+@[^@\\s|]+")
        ? Optional.of("mail:" + address)
        : Optional.empty();
  }

  public static String contact(String accountId, String contactId) {
    return "contact:" + accountId + '/' + contactId;
  }

  /** Whoever an entity of the event's account stands for: {@code talk:account/55}. */
  public static String of(CrmEvent event, EntityType type, String id) {
    return place(event.getAccountId(), type.name() + '/' + id);
  }

  /**
   * Whoever is there: {@code contact:account/7}, {@code talk:account/55}, {@code lead:account/100}.
   *
   * @param place entity type and id: {@code TALK/55}
   */
  public static String place(String accountId, String place) {
    int slash = place.indexOf('/');
    return place.substring(0, slash).toLowerCase(Locale.ROOT)
        + ':'
        + accountId
        + place.substring(slash);
  }

  /** All names of whom the action is for; empty when that is not known. */
  public static Set<String> of(ActionRequested action) {
    Set<String> names = new LinkedHashSet<>();
    Recipient recipient = action.getRecipient();
    if (recipient != null) {
      if (recipient.getContactId() != null) {
        names.add(contact(action.getAccountId(), recipient.getContactId()));
      }
      for (String address : recipient.getAddresses()) {
        phone(address).or(() -> mail(address)).ifPresent(names::add);
      }
    }
    if (action.getSendEmail() != null) {
      mail(action.getSendEmail().getTo()).ifPresent(names::add);
    }
    return names;
  }
}
