package io.voronka.connectors.crm.kommo.webhook;

/**
 * What the receiver knows about a request besides its body.
 *
 * @param vendorAccountId the account's id at the vendor, checked against the body; empty: not
 *     checked
 * @param subdomain checked when the body names no account id; empty: not checked
 * @param receivedAt epoch milliseconds
 * @param webhookId id of the archived request
 */
public record DeliveryContext(
    String tenantId,
    String accountId,
    String vendorAccountId,
    String subdomain,
    long receivedAt,
    String webhookId,
    String gatewayId) {}
