/** What a rule asks for when it fires: effects with their parameters, and texts with variables. */
package io.voronka.rules.domain.action;
