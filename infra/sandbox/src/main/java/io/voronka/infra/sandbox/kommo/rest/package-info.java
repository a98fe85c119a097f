/** Kommo's REST API v4: paths, checks, shapes of answers and errors. */
package io.voronka.infra.sandbox.kommo.rest;
