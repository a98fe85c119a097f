/**
 * What can be done in an account, by a person or through the API alike: each action makes the
 * after-images, the audit lines and the webhooks that belong to it. Input is already checked.
 */
package io.voronka.infra.sandbox.kommo.actions;
