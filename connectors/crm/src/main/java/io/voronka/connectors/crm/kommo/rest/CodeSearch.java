package io.voronka.connectors.crm.kommo.rest;

import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.Subscribed;
import io.voronka.connectors.crm.WebhookSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Subscribes to as many codes as an account takes. One bad code fails the whole request: where the
 * answer names it, it is left out; where the answer only says no, it is looked for by halves. That
 * can take some dozens of requests, so they are kept apart: the account's budget is not ours alone.
 */
final class CodeSearch {
  private static final Pattern NAMED = Pattern.compile("(?:.*\\.)?settings\\.(\\d{1,4})");
  private static final int BAD_REQUEST = 400;
  private static final int UNPROCESSABLE = 422;

  /** Five a second leave two of the seven to others. */
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

  private final Function<List<String>, CompletableFuture<CrmReply<WebhookSubscription>>> put;

  /**
   * @param put asks for these codes in place of those before
   */
  CodeSearch(Function<List<String>, CompletableFuture<CrmReply<WebhookSubscription>>> put) {
    this.put = put;
  }

  CompletableFuture<CrmReply<Subscribed>> subscribe(List<String> codes) {
    return put.apply(codes).thenCompose(reply -> judged(reply, codes, codes));
  }

  private CompletableFuture<CrmReply<Subscribed>> judged(
      CrmReply<WebhookSubscription> reply, List<String> asked, List<String> wanted) {
    if (reply.isOk()) {
      return done(subscribed(reply.value(), wanted));
    }
    if (!isAboutContent(reply.failure()) || asked.size() == 1) {
      return done(CrmReply.failed(reply.failure()));
    }
    List<String> rest = withoutNamed(asked, reply.failure());
    if (rest.isEmpty()) {
      return done(CrmReply.failed(reply.failure()));
    }
    return rest.size() < asked.size()
        ? later(rest).thenCompose(next -> judged(next, rest, wanted))
        : search(asked, wanted);
  }

  /** The first code is one that everybody has: when even that fails, it is not about codes. */
  private CompletableFuture<CrmReply<Subscribed>> search(List<String> codes, List<String> wanted) {
    List<String> first = codes.subList(0, 1);
    return later(first)
        .thenCompose(
            reply ->
                reply.isOk()
                    ? halves(codes.subList(1, codes.size()))
                    : done(CrmReply.<List<String>>failed(reply.failure())))
        .thenCompose(
            others ->
                others.isOk()
                    ? later(joined(first, others.value()))
                    : done(CrmReply.<WebhookSubscription>failed(others.failure())))
        .thenApply(reply -> reply.fold(made -> subscribed(made, wanted), CrmReply::failed));
  }

  /** Those of the codes that are taken. */
  private CompletableFuture<CrmReply<List<String>>> sift(List<String> codes) {
    return later(codes)
        .thenCompose(
            reply -> {
              if (reply.isOk()) {
                return done(CrmReply.of(codes));
              }
              if (!isAboutContent(reply.failure())) {
                return done(CrmReply.failed(reply.failure()));
              }
              return codes.size() == 1 ? done(CrmReply.of(List.of())) : halves(codes);
            });
  }

  private CompletableFuture<CrmReply<List<String>>> halves(List<String> codes) {
    if (codes.size() == 1) {
      return sift(codes);
    }
    int middle = codes.size() / 2;
    return sift(codes.subList(0, middle))
        .thenCompose(
            left ->
                left.isOk()
                    ? sift(codes.subList(middle, codes.size()))
                        .thenApply(
                            right ->
                                right.fold(
                                    taken -> CrmReply.of(joined(left.value(), taken)),
                                    CrmReply::failed))
                    : done(left));
  }

  private CompletableFuture<CrmReply<WebhookSubscription>> later(List<String> codes) {
    return CompletableFuture.supplyAsync(() -> codes, LATER).thenCompose(put);
  }

  /** A vendor that takes a request may still leave codes out. */
  private static CrmReply<Subscribed> subscribed(WebhookSubscription made, List<String> wanted) {
    return made.codes().isEmpty()
        ? CrmReply.failed(
            CrmFailure.before(
                CrmFailure.Kind.UNEXPECTED_ANSWER, 200, "the vendor took none of the codes"))
        : CrmReply.of(
            new Subscribed(
                made, wanted.stream().filter(code -> !made.codes().contains(code)).toList()));
  }

  private static boolean isAboutContent(CrmFailure failure) {
    return failure.status() == BAD_REQUEST || failure.status() == UNPROCESSABLE;
  }

  private static List<String> withoutNamed(List<String> codes, CrmFailure failure) {
    Set<Integer> named = new TreeSet<>();
    for (CrmFailure.ValidationError error : failure.validationErrors()) {
      Matcher path = NAMED.matcher(error.path());
      if (path.matches()) {
        named.add(Integer.valueOf(path.group(1)));
      }
    }
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      if (!named.contains(i)) {
        rest.add(codes.get(i));
      }
    }
    return rest;
  }

  private static List<String> joined(List<String> left, List<String> right) {
    List<String> all = new ArrayList<>(left);
    all.addAll(right);
    return all;
  }

  private static <T> CompletableFuture<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
