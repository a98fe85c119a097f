package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmClient;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.Talk;
import io.voronka.schemas.ActionRequested;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Finds the talk that a message goes to. */
final class TalkFinder {
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
    String named =
        request.getAiResponse() == null
            ? request.getSendMessage().getTalkId()
            : request.getAiResponse().getTalkId();
    if (named != null) {
      return known(named);
    }
    return switch (request.getSubjectType()) {
      case TALK -> known(request.getSubjectId());
      case CONTACT -> ofContact(account, request.getSubjectId(), null);
      case LEAD -> ofLead(account, request.getSubjectId());
      case UNKNOWN,
          NONE,
          COMPANY,
          CUSTOMER,
          TASK,
          NOTE,
          MESSAGE,
          INCOMING_LEAD,
          CATALOG_ITEM,
          TEMPLATE ->
          CompletableFuture.completedFuture(CrmReply.of(Optional.empty()));
    };
  }

  private CompletableFuture<CrmReply<Optional<Talk>>> ofLead(CrmAccount account, String leadId) {
    return client
        .readLead(account, leadId)
        .thenCompose(
            lead -> {
              if (!lead.isOk()) {
                return CompletableFuture.completedFuture(CrmReply.failed(lead.failure()));
              }
              List<String> contacts = lead.value().contactIds();
              return contacts.isEmpty()
                  ? CompletableFuture.completedFuture(CrmReply.of(Optional.empty()))
                  : ofContact(account, contacts.get(0), leadId);
            });
  }

  private CompletableFuture<CrmReply<Optional<Talk>>> ofContact(
      CrmAccount account, String contactId, String leadId) {
    return client
        .readOpenTalks(account, contactId)
        .thenApply(
            talks ->
                talks.isOk()
                    ? CrmReply.of(best(talks.value(), leadId))
                    : CrmReply.failed(talks.failure()));
  }

  private static Optional<Talk> best(List<Talk> talks, String leadId) {
    return talks.stream()
        .filter(Talk::inWork)
        .max(
            Comparator.<Talk, Boolean>comparing(
                    talk -> leadId != null && leadId.equals(talk.leadId()))
                .thenComparing(Talk::id, Comparator.comparingInt(String::length))
                .thenComparing(Talk::id));
  }

  private static CompletableFuture<CrmReply<Optional<Talk>>> known(String talkId) {
    return CompletableFuture.completedFuture(
        CrmReply.of(Optional.of(new Talk(talkId, null, null, true, null))));
  }
}
