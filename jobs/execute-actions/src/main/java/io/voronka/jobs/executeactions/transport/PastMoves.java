package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmClient;
import io.voronka.connectors.crm.Lead;
import io.voronka.connectors.crm.StageMove;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.transport.ActionTransport.Look;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ChangeStage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Whether a lead that is at another stage now was at the wanted one: moving it there again would
 * undo what came after, and tell the account of a move that nobody made.
 */
final class PastMoves {
  private final CrmClient client;

  PastMoves(CrmClient client) {
    this.client = client;
  }

  /**
   * The results with what the account's book of events adds. It is asked once, and only when a lead
   * has changed since its action may have moved it; what it does not tell stays as it was.
   *
   * @param results of comparing the leads, for each look one
   * @param leads those that are there, in any order
   * @param author id of our user in the account, null when it is not known
   */
  CompletionStage<List<ReadResult>> added(
      List<Look> looks,
      List<ReadResult> results,
      List<Lead> leads,
      CrmAccount account,
      String author) {
    List<Integer> open =
        IntStream.range(0, looks.size())
            .filter(i -> mayHaveMoved(looks.get(i), results.get(i), leads))
            .boxed()
            .toList();
    if (open.isEmpty()) {
      return CompletableFuture.completedFuture(results);
    }
    OpenLooks asked = new OpenLooks(looks, results, open);
    return client
        .readMoves(account, asked.leadIds(), author, asked.since())
        .thenApply(
            reply ->
                asked.with(
                    reply,
                    i ->
                        moves ->
                            moves.stream().anyMatch(move -> isIt(move, looks.get(i), author))));
  }

  private static boolean mayHaveMoved(Look look, ReadResult result, List<Lead> leads) {
    return look.request().getKind() == ActionKind.CHANGE_STAGE
        && result.kind() == ReadResult.Kind.ABSENT
        && changedSince(look, leads);
  }

  /** Of a lead that nobody has touched since, its past says nothing new. */
  static boolean changedSince(Look look, List<Lead> leads) {
    return leads.stream()
        .anyMatch(
            lead ->
                look.request().getSubjectId().equals(lead.id())
                    && (lead.updatedAt() == null
                        || Trace.notBefore(lead.updatedAt(), look.since())));
  }

  private static boolean isIt(StageMove move, Look look, String author) {
    ChangeStage wanted = look.request().getChangeStage();
    return look.request().getSubjectId().equals(move.leadId())
        && wanted.getStatusId().equals(move.statusId())
        && (wanted.getPipelineId() == null || wanted.getPipelineId().equals(move.pipelineId()))
        && Trace.isBy(author, move.by())
        && Trace.notBefore(move.at(), look.since());
  }
}
