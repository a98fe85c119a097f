package io.voronka.rules.domain;

import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.subject.Surroundings;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.AgentRow;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.PipelineRow;
import io.voronka.schemas.StageRow;
import io.voronka.schemas.TenantRow;
import io.voronka.schemas.UserRow;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the rules have to know of the tenant and of the CRM account.
 *
 * @param zone of the tenant
 * @param integrationUserId the CRM's user under which we write; null when unknown
 * @param messageFieldId the lead's field into which messages are written for a salesbot to say
 *     them; null when none is
 * @param surroundings what texts may name
 */
public record AccountSetting(
    ZoneId zone, String integrationUserId, String messageFieldId, Surroundings surroundings) {
  /** Of a tenant about which nothing is known. */
  public static final AccountSetting UNKNOWN = new AccountSetting(ZoneId.of("UTC"), null);

  /** The tables that it is read from. */
  public static final Set<ControlTable> TABLES =
      Set.copyOf(
          EnumSet.of(
              ControlTable.TENANTS,
              ControlTable.ACCOUNTS,
              ControlTable.AGENTS,
              ControlTable.PIPELINES,
              ControlTable.FIELDS,
              ControlTable.USERS));

  public AccountSetting {
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(surroundings, "surroundings");
  }

  public AccountSetting(ZoneId zone, String integrationUserId) {
    this(zone, integrationUserId, Surroundings.UNKNOWN);
  }

  /** Of an account whose messages no salesbot says. */
  public AccountSetting(ZoneId zone, String integrationUserId, Surroundings surroundings) {
    this(zone, integrationUserId, null, surroundings);
  }

  /**
   * As the control rows have it. A zone that this JVM does not know (the database's list may be
   * newer) is read as UTC.
   *
   * @param control has {@link #TABLES}
   */
  public static AccountSetting of(ControlSnapshot control, String tenantId, String accountId) {
    TenantRow tenant =
        control.row(ControlTable.TENANTS, tenantId).map(ControlChange::getTenant).orElse(null);
    AccountRow account =
        control
            .row(ControlTable.ACCOUNTS, ControlKeys.account(tenantId, accountId))
            .map(ControlChange::getAccount)
            .orElse(null);
    ZoneId zone = tenant == null ? UNKNOWN.zone() : zone(tenant.getTimeZone());
    return new AccountSetting(
        zone,
        account == null ? null : account.getIntegrationUserId(),
        account == null || account.getMessageBot() == null
            ? null
            : account.getMessageBot().getFieldId(),
        new Surroundings(
            tenant == null
                ? Surroundings.UNKNOWN.tenant()
                : new Surroundings.Tenant(
                    tenant.getName(), zone, Locale.forLanguageTag(tenant.getLocale())),
            account == null ? null : account.getSubdomain(),
            agents(control, tenantId),
            users(control, tenantId, accountId),
            pipelines(control, tenantId, accountId),
            fieldIds(control, tenantId, accountId)));
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return UNKNOWN.zone();
    }
  }

  private static Map<String, String> agents(ControlSnapshot control, String tenantId) {
    Map<String, String> names = new HashMap<>();
    for (ControlChange change : control.rows(ControlTable.AGENTS)) {
      AgentRow row = change.getAgent();
      if (row.getTenantId().equals(tenantId)) {
        names.put(row.getAgentId(), row.getName());
      }
    }
    return names;
  }

  private static Map<String, String> users(
      ControlSnapshot control, String tenantId, String accountId) {
    Map<String, String> names = new HashMap<>();
    for (ControlChange change : control.rows(ControlTable.USERS)) {
      UserRow row = change.getUser();
      if (row.getAccountId().equals(accountId) && row.getTenantId().equals(tenantId)) {
        names.put(row.getUserId(), row.getName());
      }
    }
    return names;
  }

  private static Map<EntityType, Map<String, String>> fieldIds(
      ControlSnapshot control, String tenantId, String accountId) {
    List<FieldRow> coded = new ArrayList<>();
    for (ControlChange change : control.rows(ControlTable.FIELDS)) {
      FieldRow row = change.getField();
      if (row.getCode() != null
          && row.getAccountId().equals(accountId)
          && row.getTenantId().equals(tenantId)) {
        coded.add(row);
      }
    }
    return FieldCatalogue.of(coded).idsByCode();
  }

  private static Map<String, Surroundings.Pipeline> pipelines(
      ControlSnapshot control, String tenantId, String accountId) {
    Map<String, Surroundings.Pipeline> pipelines = new HashMap<>();
    for (ControlChange change : control.rows(ControlTable.PIPELINES)) {
      PipelineRow row = change.getPipeline();
      if (row.getAccountId().equals(accountId) && row.getTenantId().equals(tenantId)) {
        Map<String, String> stages = new HashMap<>();
        for (StageRow stage : row.getStages()) {
          stages.put(stage.getStageId(), stage.getName());
        }
        pipelines.put(row.getPipelineId(), new Surroundings.Pipeline(row.getName(), stages));
      }
    }
    return pipelines;
  }
}
