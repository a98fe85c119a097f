package io.voronka.connectors.crm;

/**
 * A write that the vendor took.
 *
 * @param vendorId id of what was made or changed; null when the vendor does not say
 * @param status HTTP status: 200 or 201 done, 202 accepted for later
 */
public record Written(String vendorId, int status) {}
