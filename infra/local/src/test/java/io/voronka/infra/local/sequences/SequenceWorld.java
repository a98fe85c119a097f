package io.voronka.infra.local.sequences;

import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.infra.local.topics.TopicReader;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.trial.SubjectEvents;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.SequenceRow;
import io.voronka.schemas.Subject;
import io.voronka.schemas.TenantRow;
import io.voronka.schemas.Topics;
import io.voronka.sequences.domain.Command;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceSet;
import io.voronka.sequences.domain.SequenceVersion;
import io.voronka.sequences.domain.Start;
import io.voronka.sequences.parsing.SequenceParser;
import io.voronka.sequences.simulation.Effects;
import io.voronka.sequences.simulation.LeadRun;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** A tenant whose leads go through sequences on real topics, driven by the engine itself. */
public final class SequenceWorld {
  public static final long T0 = 1_760_000_000_000L;
  private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
  private static final Set<ControlTable> EMPTY =
      EnumSet.of(
          ControlTable.AGENTS,
          ControlTable.RULES,
          ControlTable.RULE_SETS,
          ControlTable.PIPELINES,
          ControlTable.FIELDS,
          ControlTable.USERS);

  private final KafkaExtension kafka;
  private final String sequenceId;
  private final SequenceSet sequences;
  private final Map<String, LeadRun> leads = new HashMap<>();
  private final Map<String, Integer> written = new HashMap<>();
  private final Set<String> obeyed = new HashSet<>();

  private SequenceWorld(KafkaExtension kafka, String sequenceId, SequenceSet sequences) {
    this.kafka = kafka;
    this.sequenceId = sequenceId;
    this.sequences = sequences;
  }

  /**
   * A tenant acme with the account shop, and these sequences in force.
   *
   * @param definitions JSON by id
   */
  public static void prepare(KafkaExtension kafka, Map<String, String> definitions) {
    kafka.createAllTopics("");
    TenantRow tenant =
        TenantRow.newBuilder()
            .setTenantId("acme")
            .setName("Acme")
            .setTimeZone(MOSCOW.getId())
            .setLocale("ru")
            .build();
    write(kafka, change(ControlTable.TENANTS).setTenant(tenant).build());
    write(kafka, change(ControlTable.ACCOUNTS).setAccount(account()).build());
    definitions.forEach(
        (id, json) -> {
          SequenceRow row = new SequenceRow("acme", id, 1L, id, json, 0L);
          write(kafka, change(ControlTable.SEQUENCES).setSequence(row).build());
        });
    EMPTY.forEach(table -> complete(kafka, table, 0));
    complete(kafka, ControlTable.TENANTS, 1);
    complete(kafka, ControlTable.ACCOUNTS, 1);
    complete(kafka, ControlTable.SEQUENCES, definitions.size());
  }

  /** One of the sequences, with nobody inside. */
  public static SequenceWorld of(KafkaExtension kafka, String sequenceId, String json) {
    Sequence sequence = SequenceParser.create().parse(json).sequence().orElseThrow();
    return new SequenceWorld(
        kafka, sequenceId, SequenceSet.of(List.of(new SequenceVersion(sequence, 1, 0))));
  }

  /** A lead to which something happens at a time, epoch milliseconds. */
  public void happens(String leadId, EventKind kind, long at) {
    CrmEvent event = SubjectEvents.of(kind, subject(leadId), kind + leadId + at, at);
    kafka.produce(Topics.CRM_EVENTS, at, subject(leadId).key(), event);
    lead(leadId, at).event(event);
    tell(leadId);
  }

  /** Lets a lead's time pass. */
  public void passes(String leadId, long until) {
    lead(leadId, until).until(until);
    tell(leadId);
  }

  /** Obeys what is asked, as the job does, until it is ended. */
  public Job job() {
    return new Job();
  }

  /** The job, in a thread of its own. */
  public final class Job {
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Thread thread = new Thread(this::run, "job");

    private Job() {
      thread.setDaemon(true);
      thread.start();
    }

    public void end() throws InterruptedException {
      running.set(false);
      thread.join();
    }

    private void run() {
      try (TopicReader<CommandRequested> commands =
          TopicReader.fromStart(
              kafka.bootstrapServers(), Topics.COMMANDS_REQUESTED, CommandRequested.class)) {
        while (running.get()) {
          commands.poll(entry -> obey(entry.value()));
        }
      }
    }
  }

  private void obey(CommandRequested command) {
    if (!command.getSequenceId().equals(sequenceId) || !obeyed.add(command.getCommandId())) {
      return;
    }
    LeadRun lead = lead(command.getEntityId(), T0);
    lead.until(lead.now() + 1000);
    switch (command.getKind()) {
      case START ->
          lead.start(
              new Start(
                  command.getSequenceId(), command.getRunKey(), command.getCommandId(), false, 0));
      case PAUSE -> command(lead, command, Command.Kind.PAUSE);
      case RESUME ->
          command(
              lead,
              command,
              command.getShiftWaits() ? Command.Kind.RESUME_SHIFTING : Command.Kind.RESUME_KEEPING);
      case SKIP -> command(lead, command, Command.Kind.SKIP);
      default -> command(lead, command, Command.Kind.CANCEL);
    }
    tell(command.getEntityId());
  }

  private static void command(LeadRun lead, CommandRequested command, Command.Kind kind) {
    lead.command(
        command.getCommandId(),
        command.getSequenceId(),
        new Command(kind, command.getRunKey(), command.getStepId(), false));
  }

  private LeadRun lead(String id, long at) {
    return leads.computeIfAbsent(
        id,
        unknown ->
            new LeadRun(
                sequences,
                subject(id),
                SubjectState.EMPTY,
                at,
                new AccountSetting(MOSCOW, null),
                Effects.confirmed()));
  }

  private void tell(String leadId) {
    List<SequenceProgressed> progress = leads.get(leadId).progress();
    int from = written.getOrDefault(leadId, 0);
    progress
        .subList(from, progress.size())
        .forEach(
            one ->
                kafka.produce(
                    Topics.SEQUENCES_PROGRESSED, one.getFiredAt(), subject(leadId).key(), one));
    written.put(leadId, progress.size());
  }

  private static Subject subject(String leadId) {
    return new Subject("acme", "shop", EntityType.LEAD, leadId);
  }

  private static AccountRow account() {
    return AccountRow.newBuilder()
        .setTenantId("acme")
        .setAccountId("shop")
        .setCrm("kommo")
        .setSubdomain("shop")
        .setVendorAccountId("1")
        .setWebhookTokenSha256("00")
        .setApiBaseUrl("http://localhost")
        .setTokenReference("store")
        .build();
  }

  private static ControlChange.Builder change(ControlTable table) {
    return ControlChange.newBuilder().setTable(table).setOp(ControlOp.UPSERT).setGeneration(1);
  }

  private static void complete(KafkaExtension kafka, ControlTable table, int rows) {
    write(kafka, change(table).setOp(ControlOp.SNAPSHOT_COMPLETE).setRowCount(rows).build());
  }

  private static void write(KafkaExtension kafka, ControlChange change) {
    kafka.produce(Topics.of(change.getTable()), T0, ControlKeys.of(change), change);
  }
}
