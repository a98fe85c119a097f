/** What people do in Kommo's screens, played through the admin API: no token, no limits. */
package io.voronka.infra.sandbox.kommo.ui;
