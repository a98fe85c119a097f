/**
 * How a lead goes through a sequence: who is let in, what each step does, when it leaves. Pure: no
 * clock, no Flink, no Kafka, no JSON.
 */
package io.voronka.sequences.domain;
