package io.voronka.rules.why;

import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;

/**
 * What became of one action of a rule that fired.
 *
 * @param key the author's name for it; empty when the rule's version is not known any more
 * @param outcome null while there is none
 * @param reason of an outcome other than confirmed; may be null
 * @param at when it was completed, epoch milliseconds; 0 while it is not
 * @param expectedAt while it waits: when it will leave as far as it was told, epoch milliseconds;
 *     0: nothing was told
 */
public record Fate(
    String actionId,
    String key,
    ActionKind kind,
    ActionOutcome outcome,
    String reason,
    long at,
    long expectedAt) {}
