package io.voronka.infra.local.why;

import io.voronka.infra.local.topics.TopicReader;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.rules.why.Answer;
import io.voronka.rules.why.Evidence;
import io.voronka.rules.why.Question;
import io.voronka.rules.why.RuleHistory;
import io.voronka.rules.why.WhyNot;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionQueued;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleQuarantined;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Answers from the topics of a cell. Of crm.events and rules.decided only the partitions of the
 * subject and of its talks are read, of actions.completed and actions.queued only those of the
 * places that the rule acts on, from the rule's first firing for the subject.
 */
public final class WhyRecords {
  private final String bootstrapServers;
  private final ControlCopy control;
  private final RuleParser parser = RuleParser.create();

  private WhyRecords(String bootstrapServers, ControlCopy control) {
    this.bootstrapServers = bootstrapServers;
    this.control = control;
  }

  /** Reads the control tables; the answers are by them as they are now. */
  public static WhyRecords open(String bootstrapServers) throws UnanswerableException {
    return new WhyRecords(bootstrapServers, ControlCopy.read(bootstrapServers));
  }

  /**
   * Finds tenant and account.
   *
   * @param tenant null: the one that has the rule
   * @param account null: the tenant's only one
   */
  public ControlCopy.Place place(String tenant, String account, String ruleId)
      throws UnanswerableException {
    return control.place(tenant, account, ControlTable.RULES, ruleId);
  }

  /**
   * Why the rule did, or did not, fire for a lead.
   *
   * @param at as things stood then, epoch milliseconds
   */
  public Answer answer(ControlCopy.Place place, String ruleId, String leadId, long at) {
    Subject subject = new Subject(place.tenant(), place.account(), EntityType.LEAD, leadId);
    RuleHistory history =
        control
            .history(place.tenant(), ruleId, parser)
            .typedBy(control.fields(place), place.setting().zone())
            .without(leftOut(place.tenant(), ruleId));
    return WhyNot.answer(
        new Question(subject, ruleId, at),
        evidence(subject, ruleId, history),
        history,
        place.setting(),
        place.active());
  }

  private List<RuleQuarantined> leftOut(String tenant, String ruleId) {
    List<RuleQuarantined> told = new ArrayList<>();
    try (TopicReader<RuleQuarantined> reader =
        TopicReader.ofKey(
            bootstrapServers,
            Topics.RULES_QUARANTINED,
            RuleQuarantined.class,
            tenant + '|' + ruleId)) {
      reader.readToEnd(entry -> told.add(entry.value()));
    }
    return told;
  }

  private Evidence evidence(Subject subject, String ruleId, RuleHistory history) {
    List<Evidence.Seen> events = new ArrayList<>();
    boolean whole;
    try (TopicReader<CrmEvent> reader =
        TopicReader.ofKey(bootstrapServers, Topics.CRM_EVENTS, CrmEvent.class, subject.key())) {
      reader.readToEnd(entry -> events.add(new Evidence.Seen(entry.value(), entry.timestamp())));
      whole = reader.isWhole();
    }
    for (Subject talk : talks(events)) {
      try (TopicReader<CrmEvent> reader =
          TopicReader.ofKey(bootstrapServers, Topics.CRM_EVENTS, CrmEvent.class, talk.key())) {
        reader.readToEnd(
            entry ->
                events.add(new Evidence.Seen(told(entry.value(), subject), entry.timestamp())));
      }
    }
    events.sort(Comparator.comparingLong(Evidence.Seen::at));
    List<RuleDecided> decisions = new ArrayList<>();
    try (TopicReader<RuleDecided> reader =
        TopicReader.ofKey(
            bootstrapServers, Topics.RULES_DECIDED, RuleDecided.class, subject.key())) {
      reader.readToEnd(entry -> decisions.add(entry.value()));
    }
    List<ActionCompleted> completed = new ArrayList<>();
    List<ActionQueued> queued = new ArrayList<>();
    OptionalLong from = firstFired(ruleId, decisions);
    if (from.isPresent()) {
      for (String target : history.targets(subject)) {
        ledger(target, subject, from.getAsLong(), completed, queued);
      }
    }
    return new Evidence(events, whole, decisions, completed, queued);
  }

  /** The talks of the lead: hooks of messages to the client name nothing else. */
  private static Set<Subject> talks(List<Evidence.Seen> events) {
    Set<Subject> talks = new LinkedHashSet<>();
    for (Evidence.Seen seen : events) {
      CrmEvent event = seen.event();
      Stream.concat(
              Stream.of(new EntityRef(event.getEntityType(), event.getEntityId())),
              event.getLinks().stream())
          .filter(entity -> entity.getType() == EntityType.TALK)
          .map(
              talk ->
                  new Subject(
                      event.getTenantId(), event.getAccountId(), talk.getType(), talk.getId()))
          .forEach(talks::add);
    }
    return talks;
  }

  /** An event of a talk as evaluate-rules told its lead of it. */
  private static CrmEvent told(CrmEvent event, Subject lead) {
    return CrmEvent.newBuilder(event)
        .setId(StableId.of(event.getId(), lead.id()))
        .setSubjectType(lead.type())
        .setSubjectId(lead.id())
        .build();
  }

  private static OptionalLong firstFired(String ruleId, List<RuleDecided> decisions) {
    return decisions.stream()
        .filter(
            decided ->
                decided.getVerdicts().stream()
                    .anyMatch(
                        verdict ->
                            verdict.getRuleId().equals(ruleId)
                                && !verdict.getActionIds().isEmpty()))
        .mapToLong(RuleDecided::getFiredAt)
        .min();
  }

  /** What the executor tells of the subject's actions at one target. */
  private void ledger(
      String target,
      Subject subject,
      long from,
      List<ActionCompleted> completed,
      List<ActionQueued> queued) {
    readOf(
        Topics.ACTIONS_COMPLETED,
        ActionCompleted.class,
        target,
        from,
        one ->
            subject.equals(
                new Subject(
                    one.getTenantId(),
                    one.getAccountId(),
                    one.getSubjectType(),
                    one.getSubjectId())),
        completed);
    readOf(
        Topics.ACTIONS_QUEUED,
        ActionQueued.class,
        target,
        from,
        one ->
            subject.equals(
                new Subject(
                    one.getTenantId(),
                    one.getAccountId(),
                    one.getSubjectType(),
                    one.getSubjectId())),
        queued);
  }

  /** What a topic has of a key from a time on. */
  private <T extends SpecificRecordBase> void readOf(
      String topic, Class<T> type, String key, long from, Predicate<T> wanted, List<T> into) {
    try (TopicReader<T> reader = TopicReader.ofKey(bootstrapServers, topic, type, key)) {
      reader.seek(from);
      reader.readToEnd(
          entry -> {
            if (wanted.test(entry.value())) {
              into.add(entry.value());
            }
          });
    }
  }
}
