package io.voronka.jobs.executeactions.transport.webhook;

import io.voronka.jobs.executeactions.transport.DaemonThreads;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * An HTTP/1.1 client that does what it is told and nothing of its own accord: no redirects, no
 * repeats, no cookies, no logins, no proxy of the machine.
 */
final class PlainClient {
  private static final int THREADS = 2;
  // Far above what the queues let through at a time: hosts must not wait for each other here.
  private static final int CONNECTIONS = 10_000;
  private static final TimeValue IDLE = TimeValue.ofSeconds(30);

  /**
   * Letters beyond ASCII leave as they are in place of question marks, and no answer is lost for
   * those that come back in another charset.
   */
  private static final CharCodingConfig HEADERS =
      CharCodingConfig.custom()
          .setCharset(StandardCharsets.UTF_8)
          .setMalformedInputAction(CodingErrorAction.REPLACE)
          .setUnmappableInputAction(CodingErrorAction.REPLACE)
          .build();

  private PlainClient() {}

  static CloseableHttpAsyncClient of(WebhookLimits limits) {
    Timeout connect = Timeout.of(limits.connect());
    Timeout answer = Timeout.of(limits.answer());
    return HttpAsyncClientBuilder.create()
        .setConnectionManager(
            PoolingAsyncClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(answer)
                        .setTimeToLive(TimeValue.ofMinutes(1))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .setDefaultTlsConfig(
                    TlsConfig.custom()
                        .setHandshakeTimeout(connect)
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .build())
                .setMaxConnPerRoute(CONNECTIONS)
                .setMaxConnTotal(CONNECTIONS)
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(connect)
                .setResponseTimeout(answer)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(THREADS).build())
        .setThreadFactory(new DaemonThreads("webhook-http-"))
        .setCharCodingConfig(HEADERS)
        .evictIdleConnections(IDLE)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }
}
