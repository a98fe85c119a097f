package io.voronka.rules.domain.subject.bytes;

import io.voronka.rules.domain.subject.Contacts;
import io.voronka.rules.domain.subject.CustomFields;
import io.voronka.rules.domain.subject.Happening;
import io.voronka.rules.domain.subject.Known;
import io.voronka.rules.domain.subject.KnownCustom;
import io.voronka.rules.domain.subject.Past;
import io.voronka.rules.domain.subject.StandardFields;
import io.voronka.rules.domain.subject.Standing;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The bytes of a {@link SubjectState}. What is written here is read for ever: whoever keeps it in
 * state puts a version in front, and what is new becomes a part of its own.
 */
public final class SubjectFormat {
  private SubjectFormat() {}

  /** All but the contacts. */
  public static void write(SubjectState subject, ByteWriter out) {
    // Most fields are as new as the newest: their times are written as one byte.
    long base = subject.asOf();
    out.number(base);
    fields(subject, base, out);
    entry(subject.stageEntry(), base, out);
    out.text(subject.talkId());
    out.number(subject.talkAt());
    HistoryFormat.write(subject.past(), base, out);
    HistoryFormat.write(subject.standing(), base, out);
  }

  /** All but the contacts. */
  public static SubjectState subject(ByteReader in) {
    long base = in.number();
    Map<String, Known> standard = standard(base, in);
    Map<String, KnownCustom> custom = customs(base, in);
    Happening entry = in.number() == 0 ? null : HistoryFormat.happening(base, in);
    String talkId = in.text();
    long talkAt = in.number();
    Past past = HistoryFormat.past(base, in);
    Standing standing = HistoryFormat.standing(base, in);
    return new SubjectState(base, standard, custom, entry, talkId, talkAt, past, standing, null);
  }

  /**
   * @param base the subject's own time
   */
  public static void write(Contacts contacts, long base, ByteWriter out) {
    out.text(contacts.main());
    out.number(contacts.known().size());
    for (Contacts.Contact contact : contacts.known()) {
      out.text(contact.id());
      out.difference(base - contact.state().asOf());
      fields(contact.state(), contact.state().asOf(), out);
    }
  }

  /** Standard fields. */
  public static Map<String, Known> standard(long base, ByteReader in) {
    return PackedFields.of(base, in);
  }

  /** Custom fields. */
  public static Map<String, KnownCustom> customs(long base, ByteReader in) {
    int count = in.count();
    Map<String, KnownCustom> fields = count == 0 ? Map.of() : new CustomFields(count);
    for (int i = 0; i < count; i++) {
      fields.put(in.text(), custom(in, base));
    }
    return fields;
  }

  /**
   * @param base the subject's own time
   */
  public static Contacts contacts(long base, ByteReader in) {
    String main = in.text();
    int count = in.count();
    if (main == null && count == 0) {
      return Contacts.NONE;
    }
    List<Contacts.Contact> known = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String id = in.text();
      long asOf = base - in.difference();
      Map<String, Known> standard = standard(asOf, in);
      SubjectState state = SubjectState.of(asOf, standard, customs(asOf, in));
      known.add(new Contacts.Contact(id, state));
    }
    return new Contacts(main, known);
  }

  private static void fields(SubjectState subject, long base, ByteWriter out) {
    standard(subject.fields(), base, out);
    out.number(subject.customFields().size());
    for (Map.Entry<String, KnownCustom> field : subject.customFields().entrySet()) {
      out.text(field.getKey());
      custom(field.getValue(), base, out);
    }
  }

  private static void standard(Map<String, Known> fields, long base, ByteWriter out) {
    out.number(fields.size());
    // Moments, and events about something else than the lead's fields, leave them as they were.
    if (fields instanceof PackedFields packed && packed.writtenBy(base)) {
      packed.write(out);
      return;
    }
    StandardFields.each(
        fields,
        (code, name, text, at) -> {
          out.number(code);
          if (code == 0) {
            out.text(name);
          }
          out.text(text);
          out.difference(base - at);
        });
  }

  private static void entry(Happening entry, long base, ByteWriter out) {
    out.number(entry == null ? 0 : 1);
    if (entry != null) {
      HistoryFormat.write(entry, base, out);
    }
  }

  private static void custom(KnownCustom field, long base, ByteWriter out) {
    out.text(field.code());
    out.difference(base - field.at());
    out.number(field.values().size());
    List<Value> values = field.values();
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(i);
      out.text(value.text());
      out.text(value.enumId());
      out.text(value.enumCode());
    }
  }

  private static KnownCustom custom(ByteReader in, long base) {
    String code = in.text();
    long at = base - in.difference();
    int count = in.count();
    if (count == 1) {
      return new KnownCustom(code, List.of(value(in)), at);
    }
    List<Value> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value(in));
    }
    return new KnownCustom(code, values, at);
  }

  private static Value value(ByteReader in) {
    return new Value(in.text(), in.text(), in.text());
  }
}
