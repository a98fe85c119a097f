/** Who may call a Kommo account, and how often. */
package io.voronka.infra.sandbox.kommo.access;
