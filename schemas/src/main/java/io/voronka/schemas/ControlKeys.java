package io.voronka.schemas;

/** Kafka keys of the control topics. */
public final class ControlKeys {
  /** Key of the end-of-snapshot marker; no slug starts with an exclamation mark. */
  public static final String SNAPSHOT = "!snapshot";

  private ControlKeys() {}

  /** The key of a change: that of its row, or the marker's. */
  public static String of(ControlChange change) {
    if (change.getOp() == ControlOp.SNAPSHOT_COMPLETE) {
      return SNAPSHOT;
    }
    return switch (change.getTable()) {
      case TENANTS -> change.getTenant().getTenantId();
      case ACCOUNTS ->
          account(change.getAccount().getTenantId(), change.getAccount().getAccountId());
      case AGENTS -> agent(change.getAgent().getTenantId(), change.getAgent().getAgentId());
      case RULES ->
          rule(
              change.getRule().getTenantId(),
              change.getRule().getRuleId(),
              change.getRule().getVersion());
      case RULE_SETS ->
          ruleSet(change.getRuleSet().getTenantId(), change.getRuleSet().getVersion());
      case PIPELINES ->
          pipeline(
              change.getPipeline().getTenantId(),
              change.getPipeline().getAccountId(),
              change.getPipeline().getPipelineId());
      case FIELDS ->
          field(
              change.getField().getTenantId(),
              change.getField().getAccountId(),
              change.getField().getEntityType(),
              change.getField().getFieldId());
      case USERS ->
          user(
              change.getUser().getTenantId(),
              change.getUser().getAccountId(),
              change.getUser().getUserId());
      case SIGNING_KEYS ->
          signingKey(change.getSigningKey().getTenantId(), change.getSigningKey().getKeyId());
      case MAIL_SENDERS ->
          mailSender(change.getMailSender().getTenantId(), change.getMailSender().getSenderId());
      case SCRIPTS ->
          script(
              change.getScript().getTenantId(),
              change.getScript().getAgentId(),
              change.getScript().getScriptId());
      case OPT_OUTS, HEARD_OPT_OUTS ->
          optOut(change.getOptOut().getTenantId(), change.getOptOut().getRecipient());
      case SEQUENCES ->
          sequence(
              change.getSequence().getTenantId(),
              change.getSequence().getSequenceId(),
              change.getSequence().getVersion());
      case UNKNOWN -> throw new IllegalArgumentException("a newer table than this build knows");
    };
  }

  public static String account(String tenantId, String accountId) {
    return tenantId + '|' + accountId;
  }

  public static String rule(String tenantId, String ruleId, long version) {
    return tenantId + '|' + ruleId + '|' + version;
  }

  public static String ruleSet(String tenantId, long version) {
    return tenantId + '|' + version;
  }

  public static String pipeline(String tenantId, String accountId, String pipelineId) {
    return tenantId + '|' + accountId + '|' + pipelineId;
  }

  /** A field's number is unique only among the fields of its kind of entity. */
  public static String field(String tenantId, String accountId, EntityType type, String fieldId) {
    return tenantId + '|' + accountId + '|' + type.name() + '|' + fieldId;
  }

  public static String user(String tenantId, String accountId, String userId) {
    return tenantId + '|' + accountId + '|' + userId;
  }

  public static String signingKey(String tenantId, String keyId) {
    return tenantId + '|' + keyId;
  }

  public static String mailSender(String tenantId, String senderId) {
    return tenantId + '|' + senderId;
  }

  public static String script(String tenantId, String agentId, String scriptId) {
    return tenantId + '|' + agentId + '|' + scriptId;
  }

  /**
   * @param recipient as {@link RecipientKeys} has it
   */
  public static String optOut(String tenantId, String recipient) {
    return tenantId + '|' + recipient;
  }

  public static String sequence(String tenantId, String sequenceId, long version) {
    return tenantId + '|' + sequenceId + '|' + version;
  }

  public static String agent(String tenantId, String agentId) {
    return tenantId + '|' + agentId;
  }
}
