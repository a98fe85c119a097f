package io.voronka.jobs.drivesequences.operators.state;

import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.bytes.ByteReader;
import io.voronka.rules.domain.subject.bytes.ByteWriter;
import io.voronka.rules.domain.subject.bytes.SubjectFormat;
import io.voronka.sequences.domain.Enrolments;
import io.voronka.sequences.domain.bytes.EnrolmentsFormat;

/**
 * The bytes of a {@link SubjectMemory}: a version, then parts in a fixed order. A newer version
 * gets a branch of its own here; it never changes how an older one is read.
 */
final class SubjectMemoryFormat {
  private static final int VERSION = 2;

  private SubjectMemoryFormat() {}

  static void write(SubjectMemory memory, ByteWriter out) {
    out.number(VERSION);
    out.number(memory.seenAt());
    SubjectFormat.write(memory.subject(), out);
    SubjectFormat.write(memory.subject().contacts(), memory.subject().asOf(), out);
    EnrolmentsFormat.write(memory.enrolments(), out);
  }

  static SubjectMemory read(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int version = in.count();
    if (version > VERSION) {
      throw new IllegalStateException(
          "state of format " + version + " was written by a newer version of this job");
    }
    long seenAt = in.number();
    SubjectState known = SubjectFormat.subject(in);
    SubjectState subject = known.with(SubjectFormat.contacts(known.asOf(), in));
    Enrolments enrolments =
        version == 1 ? EnrolmentsFormat.readUntimed(in) : EnrolmentsFormat.read(in);
    return new SubjectMemory(subject, enrolments, seenAt);
  }
}
