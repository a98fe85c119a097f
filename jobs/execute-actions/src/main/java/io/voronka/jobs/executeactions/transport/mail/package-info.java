/** Mail over SMTP, in the name of a tenant's sender. */
package io.voronka.jobs.executeactions.transport.mail;
