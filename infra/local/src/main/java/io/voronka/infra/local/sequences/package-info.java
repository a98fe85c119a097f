/**
 * Where leads are in sequences, read from the topics of a cell, and commands to them, which the job
 * answers on {@code sequences.progressed}. Read {@code SequenceRecords} first, then {@code
 * SequenceCommands}.
 */
package io.voronka.infra.local.sequences;
