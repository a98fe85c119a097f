package io.voronka.infra.sandbox.kommo.state;

import io.voronka.infra.sandbox.kommo.model.AccountCard;
import io.voronka.infra.sandbox.kommo.model.ChatMessage;
import io.voronka.infra.sandbox.kommo.model.Contact;
import io.voronka.infra.sandbox.kommo.model.CustomField;
import io.voronka.infra.sandbox.kommo.model.FeedEvent;
import io.voronka.infra.sandbox.kommo.model.Integration;
import io.voronka.infra.sandbox.kommo.model.Lead;
import io.voronka.infra.sandbox.kommo.model.Note;
import io.voronka.infra.sandbox.kommo.model.Pipeline;
import io.voronka.infra.sandbox.kommo.model.PipelineHook;
import io.voronka.infra.sandbox.kommo.model.Tag;
import io.voronka.infra.sandbox.kommo.model.Talk;
import io.voronka.infra.sandbox.kommo.model.Task;
import io.voronka.infra.sandbox.kommo.model.Token;
import io.voronka.infra.sandbox.kommo.model.Webhook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One Kommo account in memory. Everything in it came through {@link #apply}, so replaying the
 * journal gives the same account. Ids are counted per account, as if accounts lived on different
 * machines: the same id means different leads in two accounts. Event loop only.
 */
public final class KommoAccount {
  private static final long FIRST_ID = 20_100_501L;
  private static final int EVENTS_KEPT = 20_000;

  private AccountCard card;
  private final Map<Long, Lead> leads = new TreeMap<>();
  private final Map<Long, Contact> contacts = new TreeMap<>();
  private final Map<Long, Task> tasks = new TreeMap<>();
  private final Map<String, List<Note>> notesByEntity = new HashMap<>();
  private final Map<Long, Talk> talks = new TreeMap<>();
  private final Map<Long, List<ChatMessage>> messagesByTalk = new HashMap<>();
  private final Map<Long, Webhook> webhooks = new TreeMap<>();
  private final Map<Long, PipelineHook> pipelineHooks = new TreeMap<>();
  private final Map<String, Token> tokens = new HashMap<>();
  private final Map<String, Tag> tagsByName = new HashMap<>();
  private final Deque<FeedEvent> events = new ArrayDeque<>();
  private long nextId = FIRST_ID;
  private long nextEvent = 1;
  private long nextMessage = 1;
  private long messagesViaApi;

  public KommoAccount(AccountCard card) {
    this.card = card;
  }

  /** Takes in one after-image; the only way in. */
  public void apply(ChangeKind kind, Object value) {
    switch (kind) {
      case CARD -> card = (AccountCard) value;
      case LEAD -> {
        Lead lead = (Lead) value;
        leads.put(seen(lead.id()), lead);
        lead.tags().forEach(this::learn);
      }
      case CONTACT -> {
        Contact contact = (Contact) value;
        contacts.put(seen(contact.id()), contact);
        contact.tags().forEach(this::learn);
      }
      case TASK -> tasks.put(seen(((Task) value).id()), (Task) value);
      case NOTE -> {
        Note note = (Note) value;
        seen(note.id());
        List<Note> notes =
            notesByEntity.computeIfAbsent(
                note.entityType() + "/" + note.entityId(), k -> new ArrayList<>(2));
        notes.removeIf(n -> n.id() == note.id());
        notes.add(note);
      }
      case TALK -> talks.put(seen(((Talk) value).id()), (Talk) value);
      case MESSAGE -> {
        ChatMessage message = (ChatMessage) value;
        nextMessage = Math.max(nextMessage, message.number() + 1);
        messagesViaApi += message.viaApi() ? 1 : 0;
        messagesByTalk.computeIfAbsent(message.talkId(), k -> new ArrayList<>(2)).add(message);
      }
      case TOKEN -> tokens.put(((Token) value).hash(), (Token) value);
      case WEBHOOK -> webhooks.put(seen(((Webhook) value).id()), (Webhook) value);
      case WEBHOOK_GONE -> webhooks.remove(((Webhook) value).id());
      case PIPELINE_HOOK ->
          pipelineHooks.put(seen(((PipelineHook) value).id()), (PipelineHook) value);
      case EVENT -> {
        FeedEvent event = (FeedEvent) value;
        nextEvent = Math.max(nextEvent, event.number() + 1);
        events.addLast(event);
        if (events.size() > EVENTS_KEPT) {
          events.removeFirst();
        }
      }
    }
  }

  public AccountCard card() {
    return card;
  }

  public Optional<Lead> lead(long id) {
    return Optional.ofNullable(leads.get(id));
  }

  public Collection<Lead> leads() {
    return leads.values();
  }

  public Optional<Contact> contact(long id) {
    return Optional.ofNullable(contacts.get(id));
  }

  public Collection<Contact> contacts() {
    return contacts.values();
  }

  public Optional<Task> task(long id) {
    return Optional.ofNullable(tasks.get(id));
  }

  public Collection<Task> tasks() {
    return tasks.values();
  }

  public List<Note> notes(String entityType, long entityId) {
    return notesByEntity.getOrDefault(entityType + "/" + entityId, List.of());
  }

  public List<Note> notes(String entityType) {
    return notesByEntity.entrySet().stream()
        .filter(e -> e.getKey().startsWith(entityType + "/"))
        .flatMap(e -> e.getValue().stream())
        .toList();
  }

  public Optional<Talk> talk(long id) {
    return Optional.ofNullable(talks.get(id));
  }

  public Collection<Talk> talks() {
    return talks.values();
  }

  public List<ChatMessage> messages(long talkId) {
    return messagesByTalk.getOrDefault(talkId, List.of());
  }

  public Collection<Webhook> webhooks() {
    return webhooks.values();
  }

  public Optional<Webhook> webhook(long id) {
    return Optional.ofNullable(webhooks.get(id));
  }

  public Collection<PipelineHook> pipelineHooks() {
    return pipelineHooks.values();
  }

  public Optional<Token> token(String hash) {
    return Optional.ofNullable(tokens.get(hash));
  }

  public Collection<Token> tokens() {
    return tokens.values();
  }

  public Collection<FeedEvent> events() {
    return events;
  }

  public long messagesViaApi() {
    return messagesViaApi;
  }

  public Optional<Integration> integration(String clientId) {
    return card.integrations().stream().filter(i -> i.clientId().equals(clientId)).findFirst();
  }

  public Optional<Pipeline> pipeline(long id) {
    return card.pipelines().stream().filter(p -> p.id() == id).findFirst();
  }

  public Pipeline mainPipeline() {
    return card.pipelines().stream()
        .filter(Pipeline::main)
        .findFirst()
        .orElseGet(() -> card.pipelines().get(0));
  }

  public Optional<CustomField> field(String entityType, long id) {
    return card.fields().stream()
        .filter(f -> f.id() == id && f.entityType().equals(entityType))
        .findFirst();
  }

  public Optional<CustomField> field(String entityType, String code) {
    return card.fields().stream()
        .filter(f -> code.equals(f.code()) && f.entityType().equals(entityType))
        .findFirst();
  }

  public boolean hasUser(long id) {
    return card.users().stream().anyMatch(u -> u.id() == id);
  }

  /** Where the account lives, as its webhooks say: {@code https://acme.kommo.com}. */
  public String self() {
    return "https://" + card.subdomain() + "." + card.host();
  }

  /** The tag of that name: the known one, or a new one with a fresh id. */
  public Tag tag(String name) {
    Tag known = tagsByName.get(name);
    if (known == null) {
      known = new Tag(newId(), name);
      tagsByName.put(name, known);
    }
    return known;
  }

  public long newId() {
    return nextId++;
  }

  public long nextEvent() {
    return nextEvent;
  }

  public long nextMessage() {
    return nextMessage;
  }

  /** A UUID that depends only on the account and {@code what}. */
  public String uuid(String what) {
    String name = card.subdomain() + "/" + what;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private long seen(long id) {
    nextId = Math.max(nextId, id + 1);
    return id;
  }

  private void learn(Tag tag) {
    seen(tag.id());
    tagsByName.putIfAbsent(tag.name(), tag);
  }
}
