package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmClient;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.Talk;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.EntityType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds the talk that a message goes to, or those that it may have gone to. */
final class TalkFinder {
  /** Ids are numbers, and grow. */
  private static final Comparator<Talk> OLDEST_FIRST =
      Comparator.comparing(Talk::id, Comparator.comparingInt(String::length))
          .thenComparing(Talk::id);

  private final CrmClient client;

  TalkFinder(CrmClient client) {
    this.client = client;
  }

  /**
   * The talk that the action names; else the open talk of the lead's main contact, one that hangs
   * on this very lead before others. Of a talk that is named only the id is known. Empty when there
   * is none. At most two requests.
   */
  CompletableFuture<CrmReply<Optional<Talk>>> find(ActionRequested request, CrmAccount account) {
    Talk named = named(request);
    if (named != null) {
      return done(Optional.of(named));
    }
    String lead = request.getSubjectType() == EntityType.LEAD ? request.getSubjectId() : null;
    return then(
        contact(request, account),
        contact ->
            contact.isEmpty()
                ? done(Optional.empty())
                : then(
                    client.readTalks(account, contact.get(), true),
                    talks -> done(best(talks, lead))));
  }

  /**
   * The talks that a message may have gone to since a moment, newest first: the one that the action
   * names; else all of the contact that were open since, whatever has become of them, as somebody
   * may have closed the one, or the client opened another. Empty when it is not known any more
   * whose they are. At most two requests.
   */
  private CompletableFuture<CrmReply<Optional<List<Talk>>>> since(
      ActionRequested request, CrmAccount account, Instant since) {
    Talk named = named(request);
    if (named != null) {
      return done(Optional.of(List.of(named)));
    }
    return then(
        contact(request, account),
        contact ->
            contact.isEmpty()
                // To others than leads and contacts nothing is ever said.
                ? done(
                    request.getSubjectType() == EntityType.LEAD
                        ? Optional.empty()
                        : Optional.of(List.of()))
                : then(
                    client.readTalks(account, contact.get(), false),
                    talks ->
                        done(
                            Optional.of(
                                talks.stream()
                                    .filter(talk -> wasOpen(talk, since))
                                    .sorted(OLDEST_FIRST.reversed())
                                    .toList()))));
  }

  /** Looks into them one after the other; what is in one of them is found. */
  CompletionStage<ReadResult> inEach(
      ActionRequested request,
      CrmAccount account,
      Instant since,
      Function<Talk, CompletionStage<ReadResult>> look) {
    return since(request, account, since)
        .thenCompose(
            reply ->
                reply.fold(
                    known ->
                        known.isEmpty()
                            // It may have been said before somebody took the contact away.
                            ? CompletableFuture.completedFuture(
                                ReadResult.unreadable(
                                    null, Reason.TALK_UNKNOWN, "the lead has no contact"))
                            : inEach(known.get(), look, List.of()),
                    failure -> CompletableFuture.completedFuture(CrmResults.readFailed(failure))));
  }

  private static CompletionStage<ReadResult> inEach(
      List<Talk> left, Function<Talk, CompletionStage<ReadResult>> look, List<String> traces) {
    if (left.isEmpty()) {
      return CompletableFuture.completedFuture(ReadResult.among(traces));
    }
    return look.apply(left.get(0))
        .thenCompose(
            result ->
                switch (result.kind()) {
                  case FOUND, ABSENT ->
                      inEach(
                          left.subList(1, left.size()),
                          look,
                          Stream.concat(traces.stream(), result.traces().stream()).toList());
                  case LIMITED, APART, FAILED, UNREADABLE, ELSEWHERE ->
                      CompletableFuture.completedFuture(result);
                });
  }

  /** Closing changes a talk: what did not change since was closed before. */
  private static boolean wasOpen(Talk talk, Instant since) {
    return talk.inWork()
        || talk.updatedAt() == null
        || Trace.notBefore(talk.updatedAt(), since.toEpochMilli());
  }

  /** Null: the action names none. */
  private static Talk named(ActionRequested request) {
    String id =
        request.getAiResponse() == null
            ? request.getSendMessage().getTalkId()
            : request.getAiResponse().getTalkId();
    if (id == null && request.getSubjectType() == EntityType.TALK) {
      id = request.getSubjectId();
    }
    return id == null ? null : new Talk(id, null, null, true, null, null);
  }

  private CompletableFuture<CrmReply<Optional<String>>> contact(
      ActionRequested request, CrmAccount account) {
    return switch (request.getSubjectType()) {
      case CONTACT -> done(Optional.of(request.getSubjectId()));
      case LEAD ->
          then(
              client.readLead(account, request.getSubjectId()),
              lead -> done(lead.contactIds().stream().findFirst()));
      case UNKNOWN,
          NONE,
          COMPANY,
          CUSTOMER,
          TASK,
          NOTE,
          MESSAGE,
          TALK,
          INCOMING_LEAD,
          CATALOG_ITEM,
          TEMPLATE ->
          done(Optional.empty());
    };
  }

  private static Optional<Talk> best(List<Talk> talks, String leadId) {
    return talks.stream()
        .filter(Talk::inWork)
        .max(
            Comparator.<Talk, Boolean>comparing(
                    talk -> leadId != null && leadId.equals(talk.leadId()))
                .thenComparing(OLDEST_FIRST));
  }

  private static <T, R> CompletableFuture<CrmReply<R>> then(
      CompletableFuture<CrmReply<T>> reply, Function<T, CompletableFuture<CrmReply<R>>> next) {
    return reply.thenCompose(read -> read.then(next));
  }

  private static <T> CompletableFuture<CrmReply<T>> done(T value) {
    return CompletableFuture.completedFuture(CrmReply.of(value));
  }
}
