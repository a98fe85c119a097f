package io.voronka.infra.sandbox;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a sandbox needs from outside.
 *
 * @param data folder of ledger, deliveries and port file; made when missing
 * @param port 0 takes a free one
 * @param smtpPort of the mail server, 0 takes a free one
 * @param seed chooses which writes send their webhooks first
 * @param clock base of the sandbox's time
 * @param nanos monotonic clock for the pace of loads
 * @param uuids gives request ids and the randomness of tokens
 */
public record SandboxOptions(
    Path data,
    int port,
    int smtpPort,
    long seed,
    Clock clock,
    LongSupplier nanos,
    Supplier<String> uuids) {}
