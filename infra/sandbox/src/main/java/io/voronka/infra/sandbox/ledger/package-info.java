/**
 * The book of what happened: every write and every received hook, one JSON line each, on disk
 * before anybody is answered. The same lines carry the after-images that a restart is rebuilt from.
 */
package io.voronka.infra.sandbox.ledger;
