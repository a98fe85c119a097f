package io.voronka.connectors.crm;

import io.voronka.schemas.EntityType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Writes to and reads from CRM accounts, without blocking the caller.
 *
 * <p>Every future completes with a reply, also when things go wrong: what went wrong is a {@link
 * CrmFailure} inside it. Nothing is retried in here except once after a refreshed token; budgets
 * and retries belong to the caller. Futures complete on a thread of the client, so what hangs on
 * them must not block. Thread-safe.
 */
public interface CrmClient extends AutoCloseable {

  /**
   * Moves a lead.
   *
   * @param pipelineId null: the stage is one of the lead's present pipeline
   */
  CompletableFuture<CrmReply<Written>> changeStage(
      CrmAccount account, String leadId, String statusId, String pipelineId);

  /** Changes standard and custom fields of a lead, contact, company or customer in one request. */
  CompletableFuture<CrmReply<Written>> updateFields(
      CrmAccount account, EntityType type, String id, List<FieldChange> changes);

  /**
   * Changes several leads in one request, each at most once. One that cannot be changed keeps all
   * from being changed; the failure's validation errors name it by its place in the list, from 0.
   *
   * @param changes at most 50, each of another lead
   * @return ids of the leads that the answer says were changed
   */
  CompletableFuture<CrmReply<WrittenLeads>> changeLeads(
      CrmAccount account, List<LeadChange> changes);

  CompletableFuture<CrmReply<Written>> createTask(CrmAccount account, NewTask task);

  CompletableFuture<CrmReply<Written>> addNote(CrmAccount account, NewNote note);

  /** Adds tags by name and leaves the others. */
  CompletableFuture<CrmReply<Written>> addTags(
      CrmAccount account, EntityType type, String id, List<String> tags);

  /** Starts a bot on a lead or contact. The vendor accepts and runs it later. */
  CompletableFuture<CrmReply<Written>> runSalesbot(
      CrmAccount account, String botId, EntityType type, String id);

  /** Sends a text to the client of a talk. The vendor accepts and delivers it later. */
  CompletableFuture<CrmReply<Written>> sendMessage(CrmAccount account, String talkId, String text);

  /** A lead that is not there is a failure NOT_FOUND. */
  CompletableFuture<CrmReply<Lead>> readLead(CrmAccount account, String leadId);

  /**
   * Several leads in one request, in any order and without their contacts; those that are not there
   * are missing. An id that no lead can have fails the whole, INVALID, before anything is sent.
   *
   * @param leadIds 1 to 250
   */
  CompletableFuture<CrmReply<List<Lead>>> readLeads(CrmAccount account, List<String> leadIds);

  /**
   * Moves of these leads from a moment on (whole seconds), newest first, at most 100. There may be
   * some of other leads among them.
   *
   * @param by only those of this user; null: of all
   */
  CompletableFuture<CrmReply<List<StageMove>>> readMoves(
      CrmAccount account, List<String> leadIds, String by, Instant from);

  /**
   * What these fields of these leads were set to from a moment on (whole seconds), newest first, at
   * most 100. There may be some of other leads among them.
   *
   * @param fields ids of custom fields; {@code price}, {@code name}, {@code responsible_user_id}.
   *     Of other standard ones the vendor keeps no book: INVALID, before anything is sent
   * @param by only those of this user; null: of all
   */
  CompletableFuture<CrmReply<List<PastWrite>>> readWrites(
      CrmAccount account, List<String> leadIds, Set<String> fields, String by, Instant from);

  /** Tasks of a lead, contact, company or customer, newest first, at most 250. */
  CompletableFuture<CrmReply<List<Task>>> readTasks(CrmAccount account, EntityType type, String id);

  /** Notes of a lead, contact, company or customer, newest first, at most 250. */
  CompletableFuture<CrmReply<List<Note>>> readNotes(CrmAccount account, EntityType type, String id);

  /** Messages of a talk from this moment on (whole seconds), at most 250. */
  CompletableFuture<CrmReply<List<Message>>> readMessages(
      CrmAccount account, String talkId, Instant from);

  /**
   * Talks of a contact, at most 250.
   *
   * @param onlyOpen leaves out those that nobody works on
   */
  CompletableFuture<CrmReply<List<Talk>>> readTalks(
      CrmAccount account, String contactId, boolean onlyOpen);

  /** A talk by its id; one that is not there is a failure NOT_FOUND. */
  CompletableFuture<CrmReply<Talk>> readTalk(CrmAccount account, String talkId);

  /** Gives up what is under way, and stops the client's threads. */
  @Override
  void close();
}
