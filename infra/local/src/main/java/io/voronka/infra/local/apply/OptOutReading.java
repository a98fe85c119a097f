package io.voronka.infra.local.apply;

import io.voronka.infra.local.apply.Manifest.OptOutSpec;
import io.voronka.schemas.RecipientKeys;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Documents that say who does not want to be written to. */
final class OptOutReading {
  private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]{1,254}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  private OptOutReading() {}

  static OptOutSpec optOut(FieldReader fields) {
    String tenant = fields.slug("tenant");
    Optional<String> phone = address(fields, "phone", RecipientKeys::phone);
    Optional<String> mail = address(fields, "mail", RecipientKeys::mail);
    Optional<String> contact = contact(fields);
    if (Stream.of("phone", "mail", "contact").filter(fields::has).count() != 1) {
      fields.problem("phone", "give exactly one of phone, mail, and contact with its account");
    }
    fields.rejectUnknown();
    return new OptOutSpec(tenant, phone.or(() -> mail).or(() -> contact).orElse(""));
  }

  private static Optional<String> address(
      FieldReader fields, String field, Function<String, Optional<String>> name) {
    Optional<String> text = fields.optionalText(field, LINE, "must be text");
    Optional<String> found = text.flatMap(name);
    if (text.isPresent() && found.isEmpty()) {
      fields.problem(
          field,
          "'"
              + text.get()
              + "' is no "
              + (field.equals("phone") ? "phone number" : "mail address"));
    }
    return found;
  }

  private static Optional<String> contact(FieldReader fields) {
    Optional<String> account = fields.optionalText("account", FieldReader.SLUG, "must be an id");
    Optional<String> contact =
        fields.optionalText("contact", NUMBER, "must be the contact's number in the CRM");
    if (fields.has("contact") != fields.has("account")) {
      fields.problem("contact", "contact and account are given both or not at all");
    }
    return account.flatMap(of -> contact.map(id -> RecipientKeys.contact(of, id)));
  }
}
