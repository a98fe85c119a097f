package io.voronka.infra.local.sequences;

import io.voronka.infra.local.topics.TopicReader;
import io.voronka.infra.local.why.ControlCopy;
import io.voronka.infra.local.why.UnanswerableException;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceVersion;
import io.voronka.sequences.explain.Answer;
import io.voronka.sequences.explain.Knowledge;
import io.voronka.sequences.explain.Knowledge.Cause;
import io.voronka.sequences.history.Standing;
import io.voronka.sequences.history.Standings;
import io.voronka.sequences.parsing.SequenceParser;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads sequences.progressed and what belongs to it. For one lead of one account only its partition
 * is read, and a partition is read through.
 */
public final class SequenceRecords {
  private final String bootstrapServers;
  private final ControlCopy control;
  private final SequenceParser parser = SequenceParser.create();
  private final Map<String, List<SequenceVersion>> versions = new HashMap<>();

  private SequenceRecords(String bootstrapServers, ControlCopy control) {
    this.bootstrapServers = bootstrapServers;
    this.control = control;
  }

  /** Reads the control tables; what is told is by them as they are now. */
  public static SequenceRecords open(String bootstrapServers) throws UnanswerableException {
    return new SequenceRecords(bootstrapServers, ControlCopy.read(bootstrapServers));
  }

  /**
   * Where runs stand.
   *
   * @param whole false: the oldest records of the topic are gone
   */
  public record Found(Collection<Standing> standings, boolean whole) {}

  /** The tenant that is meant, or that has the sequence. */
  public String tenant(String tenant, String sequenceId) throws UnanswerableException {
    String owner = control.owner(tenant, ControlTable.SEQUENCES, sequenceId);
    if (!control.sequences(owner).contains(sequenceId)) {
      throw new UnanswerableException(
          "tenant %s has no sequence %s; known: %s"
              .formatted(owner, sequenceId, control.sequences(owner)));
    }
    return owner;
  }

  /** The CRM account that is meant, or the tenant's only one. */
  public String account(String tenant, String account, String sequenceId)
      throws UnanswerableException {
    return control.place(tenant, account, ControlTable.SEQUENCES, sequenceId).account();
  }

  /** The clocks of a tenant. */
  public ZoneId zone(String tenant) {
    return control.zone(tenant);
  }

  /** All versions of a sequence, oldest first. */
  public List<SequenceVersion> versions(String tenant, String sequenceId) {
    return versions.computeIfAbsent(
        tenant + '|' + sequenceId, key -> control.sequence(tenant, sequenceId, parser));
  }

  /** The newest version as it was published, JSON; empty: there is none. */
  public Optional<String> definition(String tenant, String sequenceId) {
    return control.definition(tenant, sequenceId);
  }

  /** Where the selected runs stand, those that have ended too. */
  public Found find(Selection selection) {
    Standings standings = new Standings();
    boolean whole =
        read(
            selection,
            record -> {
              if (selection.has(record)) {
                standings.add(record);
              }
            });
    return new Found(standings.all(), whole);
  }

  /** What a sequence is called, its definitions and the tenant's clocks. */
  public Knowledge knowledge(String tenant, String sequenceId, Map<String, Cause> causes) {
    Map<Long, Sequence> definitions = new HashMap<>();
    versions(tenant, sequenceId).forEach(one -> definitions.put(one.version(), one.sequence()));
    return new Knowledge(control.zone(tenant), sequenceId, definitions, causes);
  }

  /**
   * Where a lead is in a sequence, and why.
   *
   * @param at as things stood then, epoch milliseconds
   */
  public Answer why(String tenant, String account, String sequenceId, String leadId, long at) {
    Selection selection = new Selection(tenant, account, sequenceId, Set.of(leadId), null);
    List<SequenceProgressed> records = new ArrayList<>();
    Set<String> causeIds = new HashSet<>();
    boolean whole =
        read(
            selection,
            record -> {
              if (selection.has(record)) {
                records.add(record);
                causeIds.add(String.valueOf(record.getCauseId()));
              }
            });
    Knowledge known =
        knowledge(tenant, sequenceId, causes(lead(tenant, account, leadId), causeIds));
    return Answer.of(leadId, records, at, known, whole);
  }

  private Map<String, Cause> causes(Subject subject, Set<String> ids) {
    Map<String, Cause> causes = new HashMap<>();
    try (TopicReader<CrmEvent> events =
            TopicReader.ofKey(bootstrapServers, Topics.CRM_EVENTS, CrmEvent.class, subject.key());
        TopicReader<CommandRequested> commands =
            TopicReader.ofKey(
                bootstrapServers,
                Topics.COMMANDS_REQUESTED,
                CommandRequested.class,
                subject.key())) {
      events.readToEnd(
          entry -> {
            if (ids.contains(entry.value().getId())) {
              causes.put(entry.value().getId(), Cause.of(entry.value().getKind()));
            }
          });
      commands.readToEnd(
          entry -> {
            if (ids.contains(entry.value().getCommandId())) {
              causes.put(entry.value().getCommandId(), Cause.by(entry.value().getActor()));
            }
          });
    }
    return causes;
  }

  /** False when the oldest records are gone. */
  private boolean read(Selection selection, Consumer<SequenceProgressed> to) {
    try (TopicReader<SequenceProgressed> reader = reader(selection)) {
      reader.readToEnd(entry -> to.accept(entry.value()));
      return reader.isWhole();
    }
  }

  private TopicReader<SequenceProgressed> reader(Selection selection) {
    boolean one =
        selection.tenant() != null && selection.account() != null && selection.leads().size() == 1;
    if (!one) {
      return TopicReader.fromStart(
          bootstrapServers, Topics.SEQUENCES_PROGRESSED, SequenceProgressed.class);
    }
    String leadId = selection.leads().iterator().next();
    return TopicReader.ofKey(
        bootstrapServers,
        Topics.SEQUENCES_PROGRESSED,
        SequenceProgressed.class,
        lead(selection.tenant(), selection.account(), leadId).key());
  }

  private static Subject lead(String tenant, String account, String leadId) {
    return new Subject(tenant, account, EntityType.LEAD, leadId);
  }
}
