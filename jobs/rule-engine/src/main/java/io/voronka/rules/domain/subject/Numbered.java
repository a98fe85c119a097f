package io.voronka.rules.domain.subject;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/** A set of things that are told apart by their numbers, each made when it is asked for. */
public final class Numbered<T> extends AbstractSet<T> {
  private final int size;
  private final IntFunction<T> read;

  /**
   * @param read of a number from zero
   */
  public Numbered(int size, IntFunction<T> read) {
    this.size = size;
    this.read = read;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Iterator<T> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size;
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return read.apply(next++);
      }
    };
  }
}
