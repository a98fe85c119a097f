package io.voronka.sequences.domain;

/**
 * Somebody wants a subject to begin a sequence.
 *
 * @param runKey tells parallel runs apart; null: the run without a key; empty: the text that makes
 *     it gave nothing
 * @param causeId the command's id
 * @param byRule re-entry is limited as it is for events; a person may always let somebody in
 * @param depth how many rules in a row caused each other before it
 */
public record Start(String sequenceId, String runKey, String causeId, boolean byRule, int depth) {}
