/**
 * {@code voronka redeliver}: finished actions and archived webhooks go back into the flow. What has
 * happened does not happen again, since ids stay as they were. Read {@code Redelivery} first.
 */
package io.voronka.infra.local.redeliver;
