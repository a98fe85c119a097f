package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmClient;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.Lead;
import io.voronka.connectors.crm.Message;
import io.voronka.connectors.crm.Note;
import io.voronka.connectors.crm.Task;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.transport.ActionTransport.Look;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CreateTask;
import io.voronka.schemas.EntityType;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Looks in the CRM for what an action may have left there. Writes that say how things shall be, not
 * what shall be added (stage, fields, tags), may be repeated without harm, so where they cannot be
 * read they count as absent.
 */
final class CrmTraces {
  private final CrmClient client;
  private final TalkFinder talks;
  private final PastMoves moves;
  private final PastWrites writes;

  CrmTraces(CrmClient client, TalkFinder talks) {
    this.client = client;
    this.talks = talks;
    this.moves = new PastMoves(client);
    this.writes = new PastWrites(client);
  }

  CompletionStage<ReadResult> find(
      ActionRequested request, CrmAccount account, Means means, long since) {
    // Null when it is not known.
    String author = means.account().getIntegrationUserId();
    boolean lead = request.getSubjectType() == EntityType.LEAD;
    return switch (request.getKind()) {
      case CHANGE_STAGE, UPDATE_FIELD, ADD_TAGS ->
          lead ? compare(new Look(request, since), account, means) : done(ReadResult.absent());
      case CREATE_TASK ->
          hasTasksAndNotes(request.getSubjectType())
              ? among(
                  client.readTasks(account, request.getSubjectType(), request.getSubjectId()),
                  task ->
                      isTask(task, request.getCreateTask(), since)
                          && Trace.isBy(author, task.createdBy()),
                  Task::id)
              : done(ReadResult.absent());
      case ADD_NOTE ->
          hasTasksAndNotes(request.getSubjectType())
              ? among(
                  client.readNotes(account, request.getSubjectType(), request.getSubjectId()),
                  note -> isNote(note, request, since) && Trace.isBy(author, note.createdBy()),
                  Note::id)
              : done(ReadResult.absent());
      case SEND_MESSAGE, AI_RESPONSE -> message(request, account, since);
      case RUN_SALESBOT, WEBHOOK, SEND_EMAIL, START_SEQUENCE, STOP_SEQUENCE, UNKNOWN ->
          unreadable();
    };
  }

  /**
   * What was to be done to leads, each to another one, looked for in one request, or two; a result
   * for each, in their order.
   */
  CompletionStage<List<ReadResult>> findLeads(List<Look> looks, CrmAccount account, Means means) {
    List<ActionRequested> requests = looks.stream().map(Look::request).toList();
    return client
        .readLeads(account, requests.stream().map(ActionRequested::getSubjectId).toList())
        .thenCompose(
            reply ->
                reply.fold(
                    leads -> compared(looks, leads, account, means),
                    failure ->
                        CompletableFuture.completedFuture(
                            Collections.nCopies(
                                requests.size(), CrmResults.sharedReadFailed(failure)))));
  }

  private CompletionStage<List<ReadResult>> compared(
      List<Look> looks, List<Lead> leads, CrmAccount account, Means means) {
    // Of a lead that is not there the list says nothing.
    List<ReadResult> results =
        looks.stream()
            .map(
                look ->
                    leads.stream()
                        .filter(lead -> look.request().getSubjectId().equals(lead.id()))
                        .findFirst()
                        .map(lead -> LeadComparison.of(look.request(), lead, means.zone()))
                        .orElseGet(ReadResult::absent))
            .toList();
    String author = means.account().getIntegrationUserId();
    return moves
        .added(looks, results, leads, account, author)
        .thenCompose(known -> writes.added(looks, known, leads, account, author, means.zone()));
  }

  private CompletionStage<ReadResult> compare(Look look, CrmAccount account, Means means) {
    return client
        .readLead(account, look.request().getSubjectId())
        .thenCompose(
            reply ->
                reply.fold(
                    lead ->
                        compared(List.of(look), List.of(lead), account, means)
                            .thenApply(results -> results.get(0)),
                    failure -> done(CrmResults.readFailed(failure))));
  }

  private CompletionStage<ReadResult> message(
      ActionRequested request, CrmAccount account, long since) {
    Instant from = Instant.ofEpochMilli(since);
    return talks.inEach(
        request,
        account,
        from,
        talk ->
            among(
                client.readMessages(account, talk.id(), from),
                message -> isMessage(message, request, since),
                Message::id));
  }

  /** Others can be given none: sending says so. */
  private static boolean hasTasksAndNotes(EntityType type) {
    return switch (type) {
      case LEAD, CONTACT, COMPANY, CUSTOMER -> true;
      case UNKNOWN, NONE, TASK, NOTE, MESSAGE, TALK, INCOMING_LEAD, CATALOG_ITEM, TEMPLATE -> false;
    };
  }

  private static boolean isTask(Task task, CreateTask wanted, long since) {
    return Trace.isText(wanted.getText(), task.text())
        && task.completeTill() != null
        && task.completeTill().getEpochSecond()
            == Instant.ofEpochMilli(wanted.getCompleteTill()).getEpochSecond()
        && Trace.notBefore(task.createdAt(), since);
  }

  private static boolean isNote(Note note, ActionRequested request, long since) {
    return Trace.isText(request.getAddNote().getText(), note.text())
        && Trace.notBefore(note.createdAt(), since);
  }

  private static boolean isMessage(Message message, ActionRequested request, long since) {
    // An answer need not be put in the same words twice; whoever has answered since, it is
    // answered.
    boolean ours =
        request.getAiResponse() != null
            || Trace.isText(request.getSendMessage().getText(), message.text());
    return message.outgoing() && ours && Trace.notBefore(message.createdAt(), since);
  }

  private static <T> CompletionStage<ReadResult> among(
      CompletableFuture<CrmReply<List<T>>> reply, Predicate<T> ours, Function<T, String> id) {
    return reply.thenApply(
        read ->
            read.fold(
                list -> ReadResult.among(list.stream().filter(ours).map(id).toList()),
                CrmResults::readFailed));
  }

  private static CompletionStage<ReadResult> unreadable() {
    return done(ReadResult.unreadable(null, Reason.NOT_READABLE, "leaves no trace to read"));
  }

  private static CompletionStage<ReadResult> done(ReadResult result) {
    return CompletableFuture.completedFuture(result);
  }
}
