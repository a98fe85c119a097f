/** Append-only files of JSON lines, fsynced in groups and rebuilt from after a kill. */
package io.voronka.infra.sandbox.journal;
