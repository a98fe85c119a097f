/**
 * What the rules job is measured against: the same events through a keyed job that reads and writes
 * one state value and as many bytes, and decides nothing. Never part of a running cell.
 */
package io.voronka.jobs.evaluaterules.baseline;
