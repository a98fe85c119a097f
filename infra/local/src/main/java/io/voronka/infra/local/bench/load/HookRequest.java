package io.voronka.infra.local.bench.load;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of one webhook as Kommo sends it when a lead changes its stage, about 1,450 bytes of
 * form. Ids, times, price and phone depend on the webhook's number and keep their width, so that
 * the next request is made by overwriting digits: no two numbers below 10^13 give the same event,
 * and no body is a copy of another that a compressor would make nothing of.
 */
final class HookRequest {
  private static final long LEADS = 200_000;
  private static final long FIRST_LEAD = 200_000_000;
  private static final long FIRST_SECOND = 1_748_268_669;
  private static final long FIRST_PHONE = 9_000_000_000L;
  private static final int STAGES = 9;
  private static final String HEX = "0123456789abcdef";

  private enum Digits {
    LEAD(9),
    PRICE(6),
    SECOND(10),
    PHONE(10),
    FROM(1),
    TO(1),
    REQUEST_ID(32);

    final int width;

    Digits(int width) {
      this.width = width;
    }
  }

  private record Place(Digits what, int at) {}

  private final byte[] bytes;
  private final int bodyAt;
  private final List<Place> places = new ArrayList<>();

  private HookRequest(byte[] bytes, int bodyAt) {
    this.bytes = bytes;
    this.bodyAt = bodyAt;
  }

  /**
   * @param token last part of the webhook's path
   * @param account the account's numeric id
   */
  static HookRequest to(String host, String token, long account) {
    String body = body(account);
    String head =
        """
        POST /webhooks/kommo/%s HTTP/1.1
        Host: %s
        User-Agent: amoCRM-Webhooks/3.0
        Content-Type: application/x-www-form-urlencoded
        X-Amocrm-Requestid: {REQUEST_ID}
        Accept-Encoding: gzip
        Content-Length: %d

        """
            .formatted(token, host, width(body))
            .replace("\n", "\r\n");
    List<Place> found = new ArrayList<>();
    String text = fill(head + body, found);
    HookRequest request = new HookRequest(text.getBytes(StandardCharsets.US_ASCII), width(head));
    request.places.addAll(found);
    return request;
  }

  /** Writes the request with this number over whatever the buffer holds; ready to be read. */
  void write(long number, ByteBuffer to) {
    long mixed = mix(number);
    for (Place place : places) {
      switch (place.what()) {
        case LEAD -> decimal(place, FIRST_LEAD + number % LEADS);
        case SECOND -> decimal(place, FIRST_SECOND + number / LEADS);
        case PRICE -> decimal(place, 100_000 + (mixed >>> 1) % 900_000);
        case PHONE -> decimal(place, FIRST_PHONE + (mixed >>> 1) % 1_000_000_000);
        case FROM -> decimal(place, number % STAGES);
        case TO -> decimal(place, (number + 1) % STAGES);
        case REQUEST_ID -> hex(place, mixed, mix(~number));
      }
    }
    to.clear().put(bytes).flip();
  }

  /** The form alone, as last written. */
  byte[] form() {
    return java.util.Arrays.copyOfRange(bytes, bodyAt, bytes.length);
  }

  int size() {
    return bytes.length;
  }

  private void decimal(Place place, long value) {
    long left = value;
    for (int at = place.at() + place.what().width - 1; at >= place.at(); at--) {
      bytes[at] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }

  private void hex(Place place, long high, long low) {
    for (int i = 0; i < Digits.REQUEST_ID.width; i++) {
      long half = i < 16 ? high : low;
      bytes[place.at() + i] = (byte) HEX.charAt((int) (half >>> (4 * (i % 16))) & 15);
    }
  }

  /** Spreads consecutive numbers over all bits (the finalizer of SplitMix64). */
  private static long mix(long number) {
    long z = number * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static String body(long account) {
    Form form = new Form();
    form.add("account[subdomain]", "acme");
    form.add("account[id]", Long.toString(account));
    form.add("account[_links][self]", "https://acme.kommo.com");
    form.lead("id", "{LEAD}");
    form.lead("name", "Заявка #1 & company");
    form.lead("status_id", "6410020{TO}");
    form.lead("old_status_id", "6410020{FROM}");
    form.lead("price", "{PRICE}");
    form.lead("responsible_user_id", "11002200");
    form.lead("last_modified", "{SECOND}");
    form.lead("modified_user_id", "0");
    form.lead("created_user_id", "11002200");
    form.lead("date_create", "1748268000");
    form.lead("pipeline_id", "7300100");
    form.lead("tags][0][id", "482205");
    form.lead("tags][0][name", "vip");
    form.lead("account_id", Long.toString(account));
    form.lead("custom_fields][0][id", "575809");
    form.lead("custom_fields][0][name", "Phone");
    form.lead("custom_fields][0][values][0][value", "+7{PHONE}");
    form.lead("custom_fields][0][values][0][enum", "311321");
    form.lead("custom_fields][0][code", "PHONE");
    form.lead("custom_fields][1][id", "427271");
    form.lead("custom_fields][1][values][0", "1412380800");
    form.lead("updated_at", "{SECOND}");
    return form.text.toString();
  }

  private static final class Form {
    final StringBuilder text = new StringBuilder();

    void lead(String path, String value) {
      add("leads[status][0][" + path + "]", value);
    }

    void add(String key, String value) {
      if (!text.isEmpty()) {
        text.append('&');
      }
      text.append(URLEncoder.encode(key, StandardCharsets.UTF_8)).append('=');
      // The marks of varying digits stay as they are.
      text.append(
          URLEncoder.encode(value, StandardCharsets.UTF_8).replace("%7B", "{").replace("%7D", "}"));
    }
  }

  /** Length of a text once its marks are digits. */
  private static int width(String text) {
    return fill(text, new ArrayList<>()).length();
  }

  /** Replaces the marks by zeros and remembers where they were. */
  private static String fill(String text, List<Place> found) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    for (int mark = text.indexOf('{'); mark >= 0; mark = text.indexOf('{', at)) {
      int close = text.indexOf('}', mark);
      Digits what = Digits.valueOf(text.substring(mark + 1, close));
      filled.append(text, at, mark);
      found.add(new Place(what, filled.length()));
      filled.append("0".repeat(what.width));
      at = close + 1;
    }
    return filled.append(text, at, text.length()).toString();
  }
}
