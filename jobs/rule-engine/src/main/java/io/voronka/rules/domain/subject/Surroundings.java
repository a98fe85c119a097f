package io.voronka.rules.domain.subject;

import io.voronka.schemas.EntityType;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What texts may name that is the same for all subjects of an account. Null, or absent, is unknown
 * everywhere.
 *
 * @param accountSubdomain the account's name in its CRM's address
 * @param agents names of the tenant's agents by id
 * @param users names of the people who work in the account, by the vendor's id
 * @param pipelines by the vendor's id
 * @param fieldIds ids of custom fields by their codes, of each kind of entity: an event does not
 *     always have a field's code with its id
 */
public record Surroundings(
    Tenant tenant,
    String accountSubdomain,
    Map<String, String> agents,
    Map<String, String> users,
    Map<String, Pipeline> pipelines,
    Map<EntityType, Map<String, String>> fieldIds) {

  /** Nothing is known yet. */
  public static final Surroundings UNKNOWN =
      new Surroundings(new Tenant(null, null, null), null, Map.of(), Map.of(), Map.of());

  public Surroundings {
    Objects.requireNonNull(tenant, "tenant");
    agents = Map.copyOf(agents);
    users = Map.copyOf(users);
    pipelines = Map.copyOf(pipelines);
    fieldIds = Map.copyOf(fieldIds);
  }

  /** Where nothing is known of fields. */
  public Surroundings(
      Tenant tenant,
      String accountSubdomain,
      Map<String, String> agents,
      Map<String, String> users,
      Map<String, Pipeline> pipelines) {
    this(tenant, accountSubdomain, agents, users, pipelines, Map.of());
  }

  /** The same with other fields. */
  public Surroundings withFieldIds(Map<EntityType, Map<String, String>> ids) {
    return new Surroundings(tenant, accountSubdomain, agents, users, pipelines, ids);
  }

  /**
   * @param timeZone in which dates are shown
   * @param locale by which dates, numbers and money are written
   */
  public record Tenant(String name, ZoneId timeZone, Locale locale) {}

  /**
   * @param stages names by id
   */
  public record Pipeline(String name, Map<String, String> stages) {
    public Pipeline {
      stages = Map.copyOf(stages);
    }
  }

  /**
   * The same field under its id.
   *
   * @return null when it is not named by a code, or the entity has no field of that code
   */
  public FieldRef byId(EntityType entity, FieldRef named) {
    String id =
        named.naming() == FieldRef.Naming.CUSTOM_CODE
            ? fieldIds.getOrDefault(entity, Map.of()).get(named.name())
            : null;
    return id == null ? null : FieldRef.customId(id, named.part());
  }

  /** Null when unknown. */
  public String pipelineName(String pipelineId) {
    Pipeline pipeline = pipelineId == null ? null : pipelines.get(pipelineId);
    return pipeline == null ? null : pipeline.name();
  }

  /** Null when unknown. Stages that mean won and lost have the same ids in every pipeline. */
  public String stageName(String pipelineId, String stageId) {
    Pipeline pipeline = pipelineId == null ? null : pipelines.get(pipelineId);
    return pipeline == null || stageId == null ? null : pipeline.stages().get(stageId);
  }
}
