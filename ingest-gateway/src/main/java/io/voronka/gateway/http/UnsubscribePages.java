package io.voronka.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** What people see behind a mail's link, in both languages: nobody knows which one they read. */
final class UnsubscribePages {
  private static final CharSequence HTML = HttpHeaders.createOptimized("text/html; charset=utf-8");

  private static final Buffer ASK =
      page(
          "Отписаться? · Unsubscribe?",
          "<p>Больше не присылать вам писем и сообщений?</p>"
              + "<p>Shall we send you no more mails and messages?</p>"
              + "<form method=\"post\"><button>Отписаться · Unsubscribe</button></form>");
  private static final Buffer DONE =
      page(
          "Вы отписаны · Unsubscribed",
          "<p>Мы больше не будем вам писать.</p><p>We will not write to you any more.</p>");
  private static final Buffer INVALID =
      page(
          "Ссылка не действует · This link does not work",
          "<p>Ссылка неполная или устарела. Ответьте на письмо, чтобы отписаться.</p>"
              + "<p>The link is incomplete or too old. Answer the mail to unsubscribe.</p>");

  private UnsubscribePages() {}

  static void ask(HttpServerResponse response) {
    send(response, 200, ASK);
  }

  static void done(HttpServerResponse response) {
    send(response, 200, DONE);
  }

  static void invalid(HttpServerResponse response) {
    send(response, 404, INVALID);
  }

  /** The token is in the address: it must not leave with a referrer, nor stay in a cache. */
  private static void send(HttpServerResponse response, int status, Buffer page) {
    if (response.ended() || response.closed()) {
      return;
    }
    var unused =
        response
            .setStatusCode(status)
            .putHeader(HttpHeaders.CONTENT_TYPE, HTML)
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
            .putHeader("referrer-policy", "no-referrer")
            .putHeader("content-security-policy", "default-src 'none'; form-action 'self'")
            .end(page);
  }

  private static Buffer page(String title, String body) {
    return Buffer.buffer(
        "<!doctype html><html lang=\"ru\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
            + " content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\"><title>"
            + title
            + "</title></head><body><h1>"
            + title
            + "</h1>"
            + body
            + "</body></html>");
  }
}
