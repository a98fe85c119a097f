package io.voronka.gateway.accept;

/**
 * The account that a token belongs to.
 *
 * @param vendorAccountId the vendor's own id as text; bodies are checked against it
 */
public record KnownAccount(
    String tenantId,
    String accountId,
    String crm,
    String subdomain,
    String vendorAccountId,
    boolean tenantActive,
    boolean accountActive) {}
