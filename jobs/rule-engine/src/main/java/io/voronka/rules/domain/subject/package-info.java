/**
 * What is known about the thing that rules are about, how an event changes it, and the view of both
 * that conditions and texts read.
 */
package io.voronka.rules.domain.subject;
