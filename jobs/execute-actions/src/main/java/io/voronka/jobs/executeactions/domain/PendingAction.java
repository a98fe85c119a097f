package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Urgency;

/**
 * One unfinished action as its queue sees it: small enough that many fit in memory, while payloads
 * stay in state.
 *
 * @param agentId the agent that its rule belongs to, null: none
 * @param ruleId null: no rule asked for it
 * @param subject key of what it is about; actions of one subject keep their order
 * @param requests how many requests one attempt may take, by the usual way
 * @param shareable one request may do this and the same for other subjects
 * @param need a control row that it cannot do without; null: none but tenant and account
 * @param addressee whom it speaks to
 * @param seenAt when this job met it first, executor's clock, epoch milliseconds
 * @param journaled each attempt is written down before it leaves: by the way that it leaves, or by
 *     one that state may know, it leaves no trace
 */
public record PendingAction(
    String id,
    String tenantId,
    String accountId,
    String agentId,
    String ruleId,
    String subject,
    ActionKind kind,
    Urgency urgency,
    int requests,
    boolean shareable,
    Need need,
    Addressee addressee,
    long notAfter,
    long seenAt,
    boolean journaled,
    ActionProgress progress) {
  /** The lead's field is written, the bot is run. */
  private static final int REQUESTS_OF_BOT = 2;

  public static PendingAction of(ActionRequested request, ActionProgress progress, long seenAt) {
    Subject subject =
        new Subject(
            request.getTenantId(),
            request.getAccountId(),
            request.getSubjectType(),
            request.getSubjectId());
    return new PendingAction(
        request.getId(),
        request.getTenantId(),
        request.getAccountId(),
        request.getAgentId(),
        request.getRuleId(),
        subject.key(),
        request.getKind(),
        request.getUrgency(),
        requests(request),
        shareable(request),
        Need.of(request).orElse(null),
        Addressee.of(request),
        request.getNotAfter(),
        seenAt,
        Recheck.of(request.getKind(), progress.way()) == Recheck.JOURNAL,
        progress);
  }

  /** A message without a talk: the lead is read for its contact, the contact for its talk. */
  private static int requests(ActionRequested request) {
    boolean says = request.getSendMessage() != null || request.getAiResponse() != null;
    String talk =
        request.getSendMessage() != null
            ? request.getSendMessage().getTalkId()
            : request.getAiResponse() != null ? request.getAiResponse().getTalkId() : null;
    return says && talk == null && request.getSubjectType() != EntityType.TALK ? 3 : 1;
  }

  private static boolean shareable(ActionRequested request) {
    return request.getSubjectType() == EntityType.LEAD
        && LeadWrite.of(request.getKind()).isPresent();
  }

  PendingAction with(ActionProgress next) {
    boolean noted = journaled || Recheck.of(kind, next.way()) == Recheck.JOURNAL;
    return new PendingAction(
        id, tenantId, accountId, agentId, ruleId, subject, kind, urgency, requests, shareable, need,
        addressee, notAfter, seenAt, noted, next);
  }

  /** As it leaves by this way. */
  public PendingAction by(Way way) {
    return progress.way() == way ? this : with(progress.by(way));
  }

  long arrival() {
    return progress.arrival();
  }

  /** 0 is the most urgent. */
  int rank() {
    return switch (urgency) {
      case INTERACTIVE -> 0;
      case NORMAL, UNKNOWN -> 1;
      case BULK -> 2;
    };
  }

  /** True while it is certain that nothing was sent. */
  public boolean unsent() {
    return progress.phase() == Phase.WAITING || progress.phase() == Phase.ARMED;
  }

  boolean isOnItsWay() {
    return progress.phase() == Phase.SENDING || progress.phase() == Phase.READING;
  }

  /** What is done when it may have been sent, by the way that it was sent. */
  Recheck recheck() {
    return Recheck.of(kind, progress.way());
  }

  /** The journal is asked before anything else is done about it. */
  boolean asksJournal() {
    return !unsent() && progress.perhapsBegun() > 0;
  }

  /** Its next step asks its target for something. */
  boolean needsRequest() {
    return unsent() || recheck() != Recheck.JOURNAL;
  }

  /** Requests that one attempt takes of the budget. */
  int cost() {
    return progress.way() == Way.SALESBOT ? REQUESTS_OF_BOT : requests;
  }
}
