package io.voronka.gateway.http;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.voronka.connectors.crm.secrets.UnsubscribeSeal;
import io.voronka.connectors.crm.secrets.Unsubscription;
import io.voronka.gateway.accept.OutgoingRecord;
import io.voronka.gateway.accept.Refusal;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.HeardOptOuts;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Topics;
import java.util.List;
import java.util.Optional;

/**
 * The links of mails: {@code GET /unsubscribe/TOKEN} shows a page with a button, {@code POST} opts
 * the recipient out (RFC 8058: the mail program posts by itself). A look alone changes nothing,
 * because scanners of mail look at every link. What is posted is not read: the token says it all.
 */
final class UnsubscribeRoutes implements Handler<HttpServerRequest> {
  static final String PATH = "/unsubscribe/";

  private static final int LONGEST_TOKEN = 2048;
  private static final int LARGEST_BODY = 4096;

  private final GatewayParts parts;
  private final Handler<HttpServerRequest> others;

  /**
   * @param others takes requests to other paths
   */
  UnsubscribeRoutes(GatewayParts parts, Handler<HttpServerRequest> others) {
    this.parts = parts;
    this.others = others;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Optional<UnsubscribeSeal> seal = parts.unsubscribing();
    if (seal.isEmpty() || request.path() == null || !request.path().startsWith(PATH)) {
      others.handle(request);
      return;
    }
    String token = request.path().substring(PATH.length());
    Optional<Unsubscription> whom =
        token.length() > LONGEST_TOKEN ? Optional.empty() : seal.get().open(token);
    HttpMethod method = request.method();
    if (whom.isEmpty()) {
      parts.metrics().refused(Refusal.UNKNOWN_TOKEN);
      UnsubscribePages.invalid(request.response());
    } else if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
      UnsubscribePages.ask(request.response());
    } else if (method == HttpMethod.POST) {
      afterBody(request, whom.get());
    } else {
      refuse(request, Refusal.METHOD_NOT_ALLOWED);
    }
  }

  private void afterBody(HttpServerRequest request, Unsubscription whom) {
    int[] length = {0};
    request.handler(
        chunk -> {
          length[0] += chunk.length();
          if (length[0] > LARGEST_BODY) {
            refuse(request, Refusal.BODY_TOO_LARGE);
            var unused = request.connection().close();
          }
        });
    request.endHandler(
        ignored -> {
          if (!request.response().ended()) {
            optOut(request, whom);
          }
        });
  }

  private void optOut(HttpServerRequest request, Unsubscription whom) {
    Context loop = Vertx.currentContext();
    long now = parts.clock().now();
    RecordCodec<ControlChange> codec = RecordCodec.of(ControlChange.class);
    List<OutgoingRecord> records =
        whom.recipients().stream()
            .map(
                recipient ->
                    OutgoingRecord.keyed(
                        Topics.OPT_OUTS_HEARD,
                        ControlKeys.optOut(whom.tenantId(), recipient),
                        now,
                        codec.encode(
                            HeardOptOuts.said(
                                whom.tenantId(),
                                recipient,
                                HeardOptOuts.LINK,
                                now,
                                whom.actionId()))))
            .toList();
    parts
        .outbox()
        .submit(records, now, refusal -> loop.runOnContext(ignored -> settled(request, refusal)));
  }

  private void settled(HttpServerRequest request, Refusal refusal) {
    if (refusal != null) {
      refuse(request, refusal);
      return;
    }
    parts.metrics().unsubscribed();
    UnsubscribePages.done(request.response());
  }

  private void refuse(HttpServerRequest request, Refusal refusal) {
    parts.metrics().refused(refusal);
    Answers.refuse(request.response(), refusal);
  }
}
