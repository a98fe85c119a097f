/**
 * Our matching beside that of Drools and Esper, on the same rules and events. Read {@code
 * EngineComparison} first.
 */
package io.voronka.rules.comparison;
