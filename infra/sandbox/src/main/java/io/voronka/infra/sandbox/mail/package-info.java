/** A mail server that takes mail for everybody and writes it down. */
package io.voronka.infra.sandbox.mail;
