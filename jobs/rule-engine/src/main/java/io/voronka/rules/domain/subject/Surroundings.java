package io.voronka.rules.domain.subject;

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
 */
public record Surroundings(
    Tenant tenant,
    String accountSubdomain,
    Map<String, String> agents,
    Map<String, String> users,
    Map<String, Pipeline> pipelines) {

  /** Nothing is known yet. */
  public static final Surroundings UNKNOWN =
      new Surroundings(new Tenant(null, null, null), null, Map.of(), Map.of(), Map.of());

  public Surroundings {
    Objects.requireNonNull(tenant, "tenant");
    agents = Map.copyOf(agents);
    users = Map.copyOf(users);
    pipelines = Map.copyOf(pipelines);
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
