package io.voronka.connectors.crm.kommo.rest;

import java.net.http.HttpHeaders;

/** What came back, whatever its status. */
record HttpAnswer(int status, HttpHeaders headers, byte[] body) {
  /** Empty when there is no such header. */
  String header(String name) {
    return headers.firstValue(name).orElse("");
  }
}
