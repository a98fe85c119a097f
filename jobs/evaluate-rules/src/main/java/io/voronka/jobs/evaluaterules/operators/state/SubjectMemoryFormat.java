package io.voronka.jobs.evaluaterules.operators.state;

import io.voronka.jobs.evaluaterules.domain.SeenEvents;
import io.voronka.jobs.evaluaterules.domain.SubjectCourse.Place;
import io.voronka.rules.domain.subject.Contacts;
import io.voronka.rules.domain.subject.Happening;
import io.voronka.rules.domain.subject.Known;
import io.voronka.rules.domain.subject.KnownCustom;
import io.voronka.rules.domain.subject.Past;
import io.voronka.rules.domain.subject.Standing;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bytes of a {@link SubjectMemory}: a version, then fields in a fixed order. A newer version
 * appends or gets a branch of its own here; it never changes how an older one is read.
 */
final class SubjectMemoryFormat {
  private static final int VERSION = 4;

  /** Knew nothing of the people of a lead. */
  private static final int WITHOUT_CONTACTS = 3;

  /** Did not know by which rule sets the subject had gone. */
  private static final int NOT_RULED = 2;

  /** Knew when the stage was entered, and nothing else of the past. */
  private static final int WITHOUT_PAST = 1;

  private SubjectMemoryFormat() {}

  static void write(SubjectMemory memory, ByteWriter out) {
    SubjectState subject = memory.subject();
    out.number(VERSION);
    // Most fields are as new as the newest: their times are written as one byte.
    long base = subject.asOf();
    out.number(base);
    fields(subject, base, out);
    entry(subject.stageEntry(), base, out);
    out.text(subject.talkId());
    out.number(subject.talkAt());
    HistoryFormat.write(subject.past(), base, out);
    HistoryFormat.write(subject.standing(), base, out);
    seen(memory.seen(), out);
    out.difference(memory.ruledAt() - base);
    contacts(subject.contacts(), base, out);
  }

  private static void fields(SubjectState subject, long base, ByteWriter out) {
    out.number(subject.fields().size());
    for (Map.Entry<String, Known> field : subject.fields().entrySet()) {
      int code = FieldNames.code(field.getKey());
      out.number(code);
      if (code == 0) {
        out.text(field.getKey());
      }
      out.text(field.getValue().text());
      out.difference(base - field.getValue().at());
    }
    out.number(subject.customFields().size());
    for (Map.Entry<String, KnownCustom> field : subject.customFields().entrySet()) {
      out.text(field.getKey());
      custom(field.getValue(), base, out);
    }
  }

  private static void contacts(Contacts contacts, long base, ByteWriter out) {
    out.text(contacts.main());
    out.number(contacts.known().size());
    for (Contacts.Contact contact : contacts.known()) {
      out.text(contact.id());
      out.difference(base - contact.state().asOf());
      fields(contact.state(), contact.state().asOf(), out);
    }
  }

  private static void entry(Happening entry, long base, ByteWriter out) {
    out.number(entry == null ? 0 : 1);
    if (entry != null) {
      HistoryFormat.write(entry, base, out);
    }
  }

  static SubjectMemory read(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int version = in.count();
    if (version < WITHOUT_PAST || version > VERSION) {
      throw new IllegalStateException(
          "state of format " + version + " was written by a newer version of this job");
    }
    long base = in.number();
    Map<String, Known> standard = standard(base, in);
    Map<String, KnownCustom> custom = customs(base, in);
    if (version == WITHOUT_PAST) {
      return withoutPast(base, standard, custom, in);
    }
    Happening entry = in.number() == 0 ? null : HistoryFormat.happening(base, in);
    String talkId = in.text();
    long talkAt = in.number();
    Past past = HistoryFormat.past(base, in);
    Standing standing = HistoryFormat.standing(base, in);
    SeenEvents seen = seen(in);
    long ruledAt = version == NOT_RULED ? Place.NEW : base + in.difference();
    Contacts contacts = version <= WITHOUT_CONTACTS ? Contacts.NONE : contacts(base, in);
    SubjectState subject =
        new SubjectState(base, standard, custom, entry, talkId, talkAt, past, standing, contacts);
    return new SubjectMemory(subject, seen, ruledAt);
  }

  private static Map<String, Known> standard(long base, ByteReader in) {
    int count = in.count();
    Map<String, Known> fields = new HashMap<>(count * 2);
    for (int i = 0; i < count; i++) {
      int code = in.count();
      String name = code == 0 ? in.text() : FieldNames.name(code);
      String text = in.text();
      fields.put(name, new Known(text, base - in.difference()));
    }
    return fields;
  }

  private static Map<String, KnownCustom> customs(long base, ByteReader in) {
    int count = in.count();
    Map<String, KnownCustom> fields = count == 0 ? Map.of() : new HashMap<>(count * 2);
    for (int i = 0; i < count; i++) {
      fields.put(in.text(), custom(in, base));
    }
    return fields;
  }

  private static Contacts contacts(long base, ByteReader in) {
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

  private static SubjectMemory withoutPast(
      long base, Map<String, Known> standard, Map<String, KnownCustom> custom, ByteReader in) {
    long entered = in.number();
    Happening entry = entered == 0 ? null : new Happening(entered, entered, 0);
    SubjectState subject =
        new SubjectState(base, standard, custom, entry, in.text(), in.number(), null, null, null);
    return new SubjectMemory(subject, seen(in), Place.NEW);
  }

  private static void custom(KnownCustom field, long base, ByteWriter out) {
    out.text(field.code());
    out.difference(base - field.at());
    out.number(field.values().size());
    for (Value value : field.values()) {
      out.text(value.text());
      out.text(value.enumId());
      out.text(value.enumCode());
    }
  }

  private static KnownCustom custom(ByteReader in, long base) {
    String code = in.text();
    long at = base - in.difference();
    int count = in.count();
    List<Value> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(new Value(in.text(), in.text(), in.text()));
    }
    return new KnownCustom(code, values, at);
  }

  private static void seen(SeenEvents seen, ByteWriter out) {
    out.number(seen.spilled() ? 1 : 0);
    out.number(seen.ids().length);
    int before = 0;
    for (int i = 0; i < seen.ids().length; i++) {
      out.fixed(seen.ids()[i]);
      out.difference(seen.expiries()[i] - (long) before);
      before = seen.expiries()[i];
    }
  }

  private static SeenEvents seen(ByteReader in) {
    boolean spilled = in.count() == 1;
    int count = in.count();
    long[] ids = new long[count];
    int[] expiries = new int[count];
    long before = 0;
    for (int i = 0; i < count; i++) {
      ids[i] = in.fixed();
      before += in.difference();
      expiries[i] = (int) before;
    }
    return new SeenEvents(ids, expiries, spilled);
  }
}
