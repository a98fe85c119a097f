package io.voronka.connectors.crm.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmChats;
import io.voronka.connectors.crm.CrmClient;
import io.voronka.connectors.crm.CrmConnection;
import io.voronka.connectors.crm.CrmInventory;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.FieldChange;
import io.voronka.connectors.crm.Lead;
import io.voronka.connectors.crm.LeadChange;
import io.voronka.connectors.crm.Message;
import io.voronka.connectors.crm.NewNote;
import io.voronka.connectors.crm.NewTask;
import io.voronka.connectors.crm.Note;
import io.voronka.connectors.crm.PastWrite;
import io.voronka.connectors.crm.StageMove;
import io.voronka.connectors.crm.Talk;
import io.voronka.connectors.crm.Task;
import io.voronka.connectors.crm.Written;
import io.voronka.connectors.crm.WrittenLeads;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.tokens.AccessTokens;
import io.voronka.connectors.crm.tokens.TokenLookup;
import io.voronka.connectors.crm.tokens.TokenStore;
import io.voronka.schemas.EntityType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Kommo's REST interface, version 4, for any number of accounts. */
public final class KommoClient implements CrmClient {
  private static final int PAGE = 250;

  private final HttpExchange http;
  private final TokenThreads tokenThreads;
  private final KommoCall calls;
  private final KommoAuthorization authorization;
  private final CrmChats chats;

  private KommoClient(
      HttpExchange http,
      TokenThreads tokenThreads,
      KommoCall calls,
      KommoAuthorization authorization,
      CrmChats chats) {
    this.http = http;
    this.tokenThreads = tokenThreads;
    this.calls = calls;
    this.authorization = authorization;
    this.chats = chats;
  }

  /**
   * Starts a client: two threads for HTTP, one for its time-outs, one of the JDK's for its sockets,
   * up to two that wait for the store of tokens, and while tokens are refreshed up to 32 that wait
   * for the vendor.
   *
   * @param tokens asked for accounts whose token reference is {@code store}
   */
  public static KommoClient start(
      TokenStore tokens, Secrets secrets, Clock clock, HttpLimits limits) {
    HttpExchange http = new HttpExchange(limits);
    KommoFailures failures = new KommoFailures(clock);
    TokenThreads tokenThreads = new TokenThreads();
    TokenEndpoint endpoint = new TokenEndpoint(http, failures, secrets, clock);
    AccessTokens accessTokens =
        new AccessTokens(
            new TokenLookup(tokens, new KommoOAuth(endpoint), secrets, clock),
            tokenThreads.lookups(),
            tokenThreads.refreshes(),
            tokenThreads.repeats());
    return new KommoClient(
        http,
        tokenThreads,
        new KommoCall(http, accessTokens, failures),
        new KommoAuthorization(http, failures, endpoint),
        new KommoChats(http, failures, secrets, clock));
  }

  /** Accounts and their webhooks, with the same tokens. */
  public CrmConnection connection() {
    return new KommoConnection(calls);
  }

  /** Codes for tokens; works for accounts that have none yet. */
  public KommoAuthorization authorization() {
    return authorization;
  }

  /** Chat channels of our own; lives and ends with this client. */
  public CrmChats chats() {
    return chats;
  }

  /** The same accounts, read whole; lives and ends with this client. */
  public CrmInventory inventory() {
    return new KommoInventory(calls);
  }

  @Override
  public CompletableFuture<CrmReply<Written>> changeStage(
      CrmAccount account, String leadId, String statusId, String pipelineId) {
    return write(
        account,
        "PATCH",
        () -> KommoPaths.entity(EntityType.LEAD, leadId),
        () -> KommoRequests.changeStage(statusId, pipelineId),
        answer -> new Written(leadId, answer.status()));
  }

  @Override
  public CompletableFuture<CrmReply<Written>> updateFields(
      CrmAccount account, EntityType type, String id, List<FieldChange> changes) {
    return write(
        account,
        "PATCH",
        () -> KommoPaths.entity(type, id),
        () -> KommoRequests.updateFields(changes),
        answer -> new Written(id, answer.status()));
  }

  @Override
  public CompletableFuture<CrmReply<WrittenLeads>> changeLeads(
      CrmAccount account, List<LeadChange> changes) {
    return calls.write(
        account,
        "PATCH",
        () -> "/leads",
        () -> KommoRequests.changeLeads(changes),
        answer -> new WrittenLeads(KommoAnswers.ids(answer.json(), "leads"), answer.status()));
  }

  @Override
  public CompletableFuture<CrmReply<Written>> createTask(CrmAccount account, NewTask task) {
    return write(
        account,
        "POST",
        () -> "/tasks",
        () -> KommoRequests.createTask(task),
        answer -> new Written(KommoAnswers.firstId(answer.json(), "tasks"), answer.status()));
  }

  @Override
  public CompletableFuture<CrmReply<Written>> addNote(CrmAccount account, NewNote note) {
    return write(
        account,
        "POST",
        () -> KommoPaths.entity(note.type(), note.entityId()) + "/notes",
        () -> KommoRequests.addNote(note),
        answer -> new Written(KommoAnswers.firstId(answer.json(), "notes"), answer.status()));
  }

  @Override
  public CompletableFuture<CrmReply<Written>> addTags(
      CrmAccount account, EntityType type, String id, List<String> tags) {
    return write(
        account,
        "PATCH",
        () -> KommoPaths.entity(type, id),
        () -> KommoRequests.addTags(tags),
        answer -> new Written(id, answer.status()));
  }

  @Override
  public CompletableFuture<CrmReply<Written>> runSalesbot(
      CrmAccount account, String botId, EntityType type, String id) {
    return write(
        account,
        "POST",
        () -> "/bots/" + KommoPaths.number("bot id", botId) + "/run",
        () -> KommoRequests.runBot(type, id),
        answer -> new Written(null, answer.status()));
  }

  @Override
  public CompletableFuture<CrmReply<Written>> sendMessage(
      CrmAccount account, String talkId, String text) {
    return write(
        account,
        "POST",
        () -> "/talks/" + KommoPaths.number("talk id", talkId) + "/send_message",
        () -> KommoRequests.message(text),
        answer -> new Written(KommoAnswers.text(answer.json(), "id"), answer.status()));
  }

  @Override
  public CompletableFuture<CrmReply<Lead>> readLead(CrmAccount account, String leadId) {
    return calls.read(
        account,
        () -> KommoPaths.entity(EntityType.LEAD, leadId) + "?with=contacts",
        KommoCall.WhenEmpty.NOT_FOUND,
        KommoAnswers::lead);
  }

  @Override
  public CompletableFuture<CrmReply<List<Lead>>> readLeads(
      CrmAccount account, List<String> leadIds) {
    return readList(
        account, () -> KommoPaths.leads(leadIds) + "&limit=" + PAGE, KommoAnswers::leads);
  }

  @Override
  public CompletableFuture<CrmReply<List<StageMove>>> readMoves(
      CrmAccount account, List<String> leadIds, String by, Instant from) {
    return readList(account, () -> KommoPaths.moves(leadIds, by, from), KommoAnswers::moves);
  }

  @Override
  public CompletableFuture<CrmReply<List<PastWrite>>> readWrites(
      CrmAccount account, List<String> leadIds, Set<String> fields, String by, Instant from) {
    return readList(
        account, () -> KommoPaths.writes(leadIds, fields, by, from), KommoAnswers::writes);
  }

  @Override
  public CompletableFuture<CrmReply<List<Task>>> readTasks(
      CrmAccount account, EntityType type, String id) {
    return readList(
        account,
        () ->
            "/tasks?filter%5Bentity_type%5D="
                + KommoPaths.plural(type)
                + "&filter%5Bentity_id%5D%5B%5D="
                + KommoPaths.number("entity id", id)
                + "&order%5Bid%5D=desc&limit="
                + PAGE,
        KommoAnswers::tasks);
  }

  @Override
  public CompletableFuture<CrmReply<List<Note>>> readNotes(
      CrmAccount account, EntityType type, String id) {
    return readList(
        account,
        () -> KommoPaths.entity(type, id) + "/notes?order%5Bid%5D=desc&limit=" + PAGE,
        KommoAnswers::notes);
  }

  @Override
  public CompletableFuture<CrmReply<List<Message>>> readMessages(
      CrmAccount account, String talkId, Instant from) {
    return readList(
        account,
        () ->
            "/talks/"
                + KommoPaths.number("talk id", talkId)
                + "/messages?limit="
                + PAGE
                + "&filter%5Bcreated_at%5D%5Bfrom%5D="
                + from.getEpochSecond(),
        KommoAnswers::messages);
  }

  @Override
  public CompletableFuture<CrmReply<List<Talk>>> readTalks(
      CrmAccount account, String contactId, boolean onlyOpen) {
    return readList(
        account,
        () ->
            "/talks?filter%5Bcontact_id%5D%5B%5D="
                + KommoPaths.number("contact id", contactId)
                + (onlyOpen ? "&filter%5Bonly_in_work%5D=1&limit=" : "&limit=")
                + PAGE,
        KommoAnswers::talks);
  }

  @Override
  public CompletableFuture<CrmReply<Talk>> readTalk(CrmAccount account, String talkId) {
    return calls.read(
        account,
        () -> "/talks/" + KommoPaths.number("talk id", talkId),
        KommoCall.WhenEmpty.NOT_FOUND,
        KommoAnswers::talk);
  }

  @Override
  public void close() {
    http.close();
    tokenThreads.close();
  }

  private CompletableFuture<CrmReply<Written>> write(
      CrmAccount account,
      String method,
      KommoCall.Part<String> path,
      KommoCall.Part<JsonNode> body,
      Function<KommoCall.Answer, Written> reader) {
    return calls.write(account, method, path, body, reader);
  }

  private <T> CompletableFuture<CrmReply<List<T>>> readList(
      CrmAccount account, KommoCall.Part<String> path, Function<JsonNode, List<T>> reader) {
    return calls.read(account, path, KommoCall.WhenEmpty.EMPTY_OBJECT, reader);
  }
}
