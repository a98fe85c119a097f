package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.schemas.CrmEvent;
import java.nio.charset.StandardCharsets;

/** Bodies and their receiver, for tests. Names, ids and numbers are invented. */
final class Deliveries {
  static final DeliveryContext CONTEXT =
      new DeliveryContext(
          "acme-gmbh", "acme", "31337001", "acme", 1_748_268_670_123L, "wh-1", "gw-1");

  /** 1,558 bytes with Cyrillic, reserved characters, an enumeration, a code and a bare date. */
  static final String GOLDEN =
      "account%5Bsubdomain%5D=acme&"
          + "account%5Bid%5D=31337001&"
          + "account%5B_links%5D%5Bself%5D=https%3A%2F%2Facme.kommo.com&"
          + "leads%5Bstatus%5D%5B0%5D%5Bid%5D=20100501&"
          + "leads%5Bstatus%5D%5B0%5D%5Bname%5D=%D0%97%D0%B0%D1%8F%D0%B2%D0%BA%D0%B0+%231+%26+co&"
          + "leads%5Bstatus%5D%5B0%5D%5Bstatus_id%5D=142&"
          + "leads%5Bstatus%5D%5B0%5D%5Bold_status_id%5D=64100200&"
          + "leads%5Bstatus%5D%5B0%5D%5Bprice%5D=999&"
          + "leads%5Bstatus%5D%5B0%5D%5Bresponsible_user_id%5D=11002200&"
          + "leads%5Bstatus%5D%5B0%5D%5Blast_modified%5D=1748268669&"
          + "leads%5Bstatus%5D%5B0%5D%5Bmodified_user_id%5D=0&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcreated_user_id%5D=11002200&"
          + "leads%5Bstatus%5D%5B0%5D%5Bdate_create%5D=1748268000&"
          + "leads%5Bstatus%5D%5B0%5D%5Bpipeline_id%5D=7300100&"
          + "leads%5Bstatus%5D%5B0%5D%5Btags%5D%5B0%5D%5Bid%5D=482205&"
          + "leads%5Bstatus%5D%5B0%5D%5Btags%5D%5B0%5D%5Bname%5D=vip&"
          + "leads%5Bstatus%5D%5B0%5D%5Baccount_id%5D=31337001&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B0%5D%5Bid%5D=575809&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B0%5D%5Bname%5D=Phone&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B0%5D%5Bvalues%5D%5B0%5D%5Bvalue%5D=%2B79991234567&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B0%5D%5Bvalues%5D%5B0%5D%5Benum%5D=311321&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B0%5D%5Bcode%5D=PHONE&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B1%5D%5Bid%5D=427271&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B1%5D%5Bname%5D=Date&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B1%5D%5Bvalues%5D%5B0%5D=1412380800&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcreated_at%5D=1748268000&"
          + "leads%5Bstatus%5D%5B0%5D%5Bupdated_at%5D=1748268669";

  private static final KommoWebhookDecoder DECODER = new KommoWebhookDecoder();

  private Deliveries() {}

  static Decoded decode(String body) {
    return decode(body.getBytes(StandardCharsets.UTF_8));
  }

  static Decoded decode(byte[] body) {
    return DECODER.decode(CONTEXT, body, "application/x-www-form-urlencoded");
  }

  /** The only event of a body that is understood whole. */
  static CrmEvent only(String body) {
    Decoded decoded = decode(body);
    if (decoded.events().size() != 1 || decoded.detail() != null) {
      throw new AssertionError("not exactly one event and nothing else: " + decoded);
    }
    return decoded.events().get(0);
  }
}
