package io.voronka.sequences.domain;

import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.SequenceProgressed;
import java.util.List;

/**
 * What one input means for a subject and all sequences that it is in.
 *
 * @param state what is known of the subject now
 */
public record Driven(
    Enrolments enrolments,
    SubjectState state,
    List<ActionRequested> actions,
    List<Withdrawal> withdrawals,
    List<SequenceProgressed> progress) {}
