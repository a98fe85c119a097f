package io.voronka.rules.parsing;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.subject.Contacts;
import io.voronka.rules.domain.subject.Happening;
import io.voronka.rules.domain.subject.Known;
import io.voronka.rules.domain.subject.KnownCustom;
import io.voronka.rules.domain.subject.Past;
import io.voronka.rules.domain.subject.Standing;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.trial.Example;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Subject;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Definitions to examples. Immutable; safe for any number of threads. */
public final class ExampleParser {
  private static final String ANY_LEAD = "1";

  private static final String ANY_CONTACT = "1";

  /** A Monday morning, for examples to which the date is all the same. */
  private static final LocalDateTime ANY_TIME = LocalDateTime.of(2026, 1, 5, 9, 0);

  private final DefinitionSchema schema;

  private ExampleParser(DefinitionSchema schema) {
    this.schema = schema;
  }

  /** Loads the schema, which takes a while: make one and keep it. */
  public static ExampleParser create() {
    return new ExampleParser(DefinitionSchema.load("example.schema.json"));
  }

  /**
   * @param tenant id of the tenant whose rules it is about
   * @param account of the lead, for an example that names none
   * @param setting of tenant and account, for what the example does not name
   */
  public ParsedExample parse(
      JsonNode definition, String tenant, String account, AccountSetting setting) {
    Problems problems = new Problems();
    schema.check(definition, problems);
    Node root = new Node(definition, "", problems);
    Example example = example(root, tenant, account, setting);
    return problems.none()
        ? new ParsedExample(Optional.of(example), List.of())
        : new ParsedExample(Optional.empty(), problems.all());
  }

  private static Example example(Node root, String tenant, String account, AccountSetting setting) {
    ZoneId zone = zone(root.at("zone"), setting.zone());
    String lead = root.at("lead").at("id").text().orElse(ANY_LEAD);
    Subject subject =
        new Subject(tenant, root.at("account").text().orElse(account), EntityType.LEAD, lead);
    Set<String> rules = new HashSet<>();
    root.at("rules").oneOrMore().forEach(rule -> rule.text().ifPresent(rules::add));
    long start = start(root, zone);
    FieldCatalogue catalogue = CatalogueReading.read(root.at("catalogue"), subject);
    return new Example(
        root.at("name").text().orElse(""),
        rules,
        new AccountSetting(
            zone,
            root.at("integration_user").text().orElse(setting.integrationUserId()),
            setting.messageFieldId(),
            setting.surroundings().withFieldIds(catalogue.idsByCode())),
        subject,
        before(root.at("lead"), zone),
        catalogue,
        start,
        new StepReading(subject, contactId(root.at("lead")), zone).read(root.at("steps"), start));
  }

  private static long start(Node root, ZoneId zone) {
    if (root.has("start")) {
      return LocalTimes.millis(root.at("start"), zone).orElse(0);
    }
    List<Node> steps = root.at("steps").items();
    return !steps.isEmpty() && steps.get(0).has("at")
        ? LocalTimes.millis(steps.get(0).at("at"), zone).orElse(0)
        : ANY_TIME.atZone(zone).toInstant().toEpochMilli();
  }

  private static String contactId(Node lead) {
    return lead.at("contact").at("id").text().orElse(ANY_CONTACT);
  }

  private static Contacts contacts(Node lead) {
    Node contact = lead.at("contact");
    if (contact.json().isMissingNode()) {
      return Contacts.NONE;
    }
    String id = contactId(lead);
    SubjectState state = SubjectState.of(0, fields(contact), customFields(contact));
    return new Contacts(id, List.of(new Contacts.Contact(id, state)));
  }

  private static Map<String, Known> fields(Node entity) {
    Map<String, Known> fields = new HashMap<>();
    entity
        .at("fields")
        .members()
        .forEach(
            (name, value) ->
                value.scalar().ifPresent(text -> fields.put(name, new Known(text, 0))));
    return fields;
  }

  private static Map<String, KnownCustom> customFields(Node entity) {
    Map<String, KnownCustom> customFields = new HashMap<>();
    for (CustomField field : CustomFieldReading.read(entity.at("custom_fields"))) {
      customFields.put(field.getId(), KnownCustom.of(field));
    }
    return customFields;
  }

  private static SubjectState before(Node lead, ZoneId zone) {
    Past past = Past.NONE;
    for (Map.Entry<String, Node> last : lead.at("last").members().entrySet()) {
      Optional<EventKind> kind = EventNames.named(last.getKey(), last.getValue());
      Happening happening = happening(last.getValue(), zone);
      if (kind.isPresent() && happening != null) {
        past = past.with(kind.get(), happening);
      }
    }
    return new SubjectState(
        0,
        fields(lead),
        customFields(lead),
        happening(lead.at("in_stage_since"), zone),
        lead.text("talk"),
        0,
        past,
        Standing.NONE,
        contacts(lead));
  }

  /** Null when there is none. */
  private static Happening happening(Node node, ZoneId zone) {
    if (node.json().isMissingNode()) {
      return null;
    }
    long at = LocalTimes.millis(node, zone).orElse(0);
    return new Happening(at, at, StableId.fingerprint(node.pointer()));
  }

  private static ZoneId zone(Node node, ZoneId otherwise) {
    try {
      return node.text().map(ZoneId::of).orElse(otherwise);
    } catch (DateTimeException e) {
      node.problem("not a time zone such as Europe/Moscow");
      return otherwise;
    }
  }
}
