package io.voronka.rules.domain.subject.bytes;

import io.voronka.rules.domain.subject.FieldNames;
import io.voronka.rules.domain.subject.Known;
import io.voronka.rules.domain.subject.Numbered;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/**
 * The standard fields of a state as they were written, each read when it is asked for. Nearly every
 * event of a lead carries all of its fields again, and of those that were known before two or three
 * are looked at.
 */
final class PackedFields extends AbstractMap<String, Known> {
  private final byte[] bytes;
  private final int[] places;
  private final int end;
  private final long base;

  private PackedFields(byte[] bytes, int[] places, int end, long base) {
    this.bytes = bytes;
    this.places = places;
    this.end = end;
    this.base = base;
  }

  /** Moves the reader behind the fields. */
  static PackedFields of(long base, ByteReader in) {
    int[] places = new int[in.count()];
    for (int i = 0; i < places.length; i++) {
      places[i] = in.place();
      if (in.count() == 0) {
        in.skipText();
      }
      in.skipText();
      in.number();
    }
    return new PackedFields(in.bytes(), places, in.place(), base);
  }

  /** True when they would be written as they were. */
  boolean writtenBy(long otherBase) {
    return base == otherBase;
  }

  /** As they were written, without their number. */
  void write(ByteWriter out) {
    if (places.length > 0) {
      out.copy(bytes, places[0], end);
    }
  }

  @Override
  public int size() {
    return places.length;
  }

  @Override
  public Known get(Object name) {
    int i = indexOf(name);
    return i < 0 ? null : known(i);
  }

  @Override
  public boolean containsKey(Object name) {
    return indexOf(name) >= 0;
  }

  @Override
  public Set<String> keySet() {
    return new Numbered<>(places.length, this::name);
  }

  @Override
  public Set<Map.Entry<String, Known>> entrySet() {
    return new Numbered<>(places.length, i -> Map.entry(name(i), known(i)));
  }

  private int indexOf(Object name) {
    int code = name instanceof String text ? FieldNames.code(text) : -1;
    for (int i = 0; i < places.length; i++) {
      ByteReader in = at(i);
      if (in.count() == code && (code > 0 || name.equals(in.text()))) {
        return i;
      }
    }
    return -1;
  }

  private String name(int i) {
    ByteReader in = at(i);
    int code = in.count();
    return code == 0 ? in.text() : FieldNames.name(code);
  }

  private Known known(int i) {
    ByteReader in = at(i);
    if (in.count() == 0) {
      in.skipText();
    }
    String text = in.text();
    return new Known(text, base - in.difference());
  }

  private ByteReader at(int i) {
    return new ByteReader(bytes, places[i]);
  }
}
