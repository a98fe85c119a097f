package io.voronka.connectors.crm;

import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What the vendor's system answered: a value or a failure, never both. */
public final class CrmReply<T> {
  private final T value;
  private final CrmFailure failure;

  private CrmReply(T value, CrmFailure failure) {
    this.value = value;
    this.failure = failure;
  }

  public static <T> CrmReply<T> of(T value) {
    return new CrmReply<>(Objects.requireNonNull(value, "value"), null);
  }

  public static <T> CrmReply<T> failed(CrmFailure failure) {
    return new CrmReply<>(null, Objects.requireNonNull(failure, "failure"));
  }

  public boolean isOk() {
    return failure == null;
  }

  /**
   * @throws NoSuchElementException when it failed
   */
  public T value() {
    if (failure != null) {
      throw new NoSuchElementException("no value: " + failure);
    }
    return value;
  }

  /**
   * @throws NoSuchElementException when it did not fail
   */
  public CrmFailure failure() {
    if (failure == null) {
      throw new NoSuchElementException("no failure: " + value);
    }
    return failure;
  }

  /** Folds both cases into one result. */
  public <R> R fold(Function<? super T, R> whenOk, Function<CrmFailure, R> whenFailed) {
    return failure == null ? whenOk.apply(value) : whenFailed.apply(failure);
  }

  /** Goes on with the value, when there is one, to the next reply. */
  public <R> CompletableFuture<CrmReply<R>> then(
      Function<? super T, CompletableFuture<CrmReply<R>>> next) {
    return failure == null
        ? next.apply(value)
        : CompletableFuture.completedFuture(new CrmReply<>(null, failure));
  }

  @Override
  public String toString() {
    return failure == null ? "ok " + value : "failed " + failure;
  }
}
