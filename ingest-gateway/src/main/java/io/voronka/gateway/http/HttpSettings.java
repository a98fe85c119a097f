package io.voronka.gateway.http;

import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * @param port 0: a free one
 * @param managementPort of health, readiness and metrics; 0: a free one, negative: the public port
 * @param eventLoops threads that serve requests
 * @param idleTimeout after which a silent connection is closed
 * @param bodyTimeout within which a body must be complete
 */
public record HttpSettings(
    String host,
    int port,
    int managementPort,
    int eventLoops,
    int maxBodyBytes,
    int maxHeaderBytes,
    int maxConnections,
    Duration idleTimeout,
    Duration bodyTimeout) {
  private static final int BACKLOG = 1024;
  private static final int LONGEST_LINE = 4096;

  HttpServerOptions serverOptions() {
    return new HttpServerOptions()
        .setHost(host)
        .setTcpNoDelay(true)
        .setAcceptBacklog(BACKLOG)
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout(Math.toIntExact(idleTimeout.toMillis()))
        .setMaxInitialLineLength(LONGEST_LINE)
        .setMaxHeaderSize(maxHeaderBytes)
        .setHandle100ContinueAutomatically(true)
        .setHttp2ClearTextEnabled(false);
  }
}
