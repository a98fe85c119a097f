package io.voronka.jobs.evaluaterules.operators.state;

import io.voronka.jobs.evaluaterules.domain.SeenEvents;
import io.voronka.jobs.evaluaterules.domain.SubjectCourse.Place;
import io.voronka.rules.domain.subject.Happening;
import io.voronka.rules.domain.subject.Known;
import io.voronka.rules.domain.subject.KnownCustom;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.bytes.ByteReader;
import io.voronka.rules.domain.subject.bytes.ByteWriter;
import io.voronka.rules.domain.subject.bytes.SubjectFormat;
import java.util.Map;

/**
 * The bytes of a {@link SubjectMemory}: a version, then fields in a fixed order. A newer version
 * appends or gets a branch of its own here; it never changes how an older one is read.
 */
final class SubjectMemoryFormat {
  private static final int VERSION = 5;

  // Format 4 did not know what rules had caused: its bytes mean the same here.

  /** Knew nothing of the people of a lead. */
  private static final int WITHOUT_CONTACTS = 3;

  /** Did not know by which rule sets the subject had gone. */
  private static final int NOT_RULED = 2;

  /** Knew when the stage was entered, and nothing else of the past. */
  private static final int WITHOUT_PAST = 1;

  private SubjectMemoryFormat() {}

  static void write(SubjectMemory memory, ByteWriter out) {
    SubjectState subject = memory.subject();
    long base = subject.asOf();
    out.number(VERSION);
    SubjectFormat.write(subject, out);
    seen(memory.seen(), out);
    out.difference(memory.ruledAt() - base);
    SubjectFormat.write(subject.contacts(), base, out);
  }

  static SubjectMemory read(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int version = in.count();
    if (version < WITHOUT_PAST || version > VERSION) {
      throw new IllegalStateException(
          "state of format " + version + " was written by a newer version of this job");
    }
    if (version == WITHOUT_PAST) {
      return withoutPast(in);
    }
    SubjectState subject = SubjectFormat.subject(in);
    SeenEvents seen = seen(in);
    long ruledAt = version == NOT_RULED ? Place.NEW : subject.asOf() + in.difference();
    return new SubjectMemory(
        version <= WITHOUT_CONTACTS
            ? subject
            : subject.with(SubjectFormat.contacts(subject.asOf(), in)),
        seen,
        ruledAt);
  }

  private static SubjectMemory withoutPast(ByteReader in) {
    long base = in.number();
    Map<String, Known> standard = SubjectFormat.standard(base, in);
    Map<String, KnownCustom> custom = SubjectFormat.customs(base, in);
    long entered = in.number();
    Happening entry = entered == 0 ? null : new Happening(entered, entered, 0);
    SubjectState subject =
        new SubjectState(base, standard, custom, entry, in.text(), in.number(), null, null, null);
    return new SubjectMemory(subject, seen(in), Place.NEW);
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
