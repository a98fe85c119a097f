package io.voronka.connectors.crm.kommo.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.CrmEvent;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Damages bodies in every way we could think of. Whatever happens to one entity, those whose pairs
 * are all still there, byte by byte, decode as before.
 */
class MutatedBodiesTest {
  private static final int MUTATIONS = 100_000;
  private static final long SEED = 20_260_501L;

  private static final Charset[] CHARSETS = {
    Charset.forName("windows-1251"),
    Charset.forName("KOI8-R"),
    StandardCharsets.UTF_16LE,
    StandardCharsets.UTF_16,
    Charset.forName("IBM866")
  };

  private static final String[] NOISE = {
    "&",
    "=",
    "[",
    "]",
    "%5B",
    "%5D",
    "[]",
    "%",
    "%4",
    "%ZZ",
    "+",
    "\0",
    "\uFFFD",
    "{",
    "\"",
    "leads",
    "&leads[update]=7",
    "&leads[add][][id]=",
    "&account",
    "&x[y]",
    "0",
    "99999999",
    "[0]",
    "][",
    "%00",
    ";",
    "\n"
  };

  /** Most keys come again and again. */
  private final Map<String, String> plainKeys = new HashMap<>();

  private final KommoWebhookDecoder decoder = new KommoWebhookDecoder();
  private int untouchedChecked;
  private int mismatches;

  @Test
  void entitiesThatAMutationDidNotTouchDecodeEqual() {
    List<Sample> samples = samples();
    int done = 0;
    for (Sample sample : samples) {
      for (int cut = 0; cut <= sample.body.length; cut++) {
        check(sample, Arrays.copyOf(sample.body, cut));
        done++;
      }
    }
    assertThat(done).isLessThan(MUTATIONS);
    Random random = new Random(SEED);
    for (; done < MUTATIONS; done++) {
      Sample sample = samples.get(random.nextInt(samples.size()));
      byte[] mutated = mutate(sample.body, random);
      if (random.nextInt(4) == 0) {
        mutated = mutate(mutated, random);
      }
      check(sample, mutated);
    }

    // or the mutations were so coarse, or the account so often broken, that nothing was proved
    assertThat(untouchedChecked).isGreaterThan(2 * MUTATIONS);
    assertThat(mismatches).isLessThan(MUTATIONS / 5);
  }

  private void check(Sample sample, byte[] mutated) {
    Decoded decoded = decoder.decode(Deliveries.CONTEXT, mutated, null);
    assertThat(decoded.rejection() == null).isEqualTo(!decoded.events().isEmpty());
    Map<String, List<String>> pairs = pairsByPrefix(mutated, sample.prefixes());
    if (decoded.rejection() == RejectionReason.ACCOUNT_MISMATCH) {
      mismatches++;
      assertThat(pairs.get(Sample.ACCOUNT))
          .as("%s", text(mutated))
          .isNotEqualTo(sample.pairs.get(Sample.ACCOUNT));
      return;
    }
    for (Map.Entry<String, CrmEvent> expected : sample.events.entrySet()) {
      if (sample.pairs.get(expected.getKey()).equals(pairs.get(expected.getKey()))) {
        untouchedChecked++;
        if (decoded.events().stream().noneMatch(event -> same(event, expected.getValue()))) {
          throw new AssertionError(
              expected.getKey() + " is lost or changed in " + text(mutated) + "\n" + decoded);
        }
      }
    }
  }

  /**
   * What equals says, without Avro's walk over the schema, which would take most of this test's
   * time.
   */
  private static boolean same(CrmEvent one, CrmEvent other) {
    return one.getId().equals(other.getId())
        && one.getKind() == other.getKind()
        && one.getFields().equals(other.getFields())
        && one.getPrevious().equals(other.getPrevious())
        && one.getCustomFields().equals(other.getCustomFields())
        && Objects.equals(one.getTags(), other.getTags())
        && one.getLinks().equals(other.getLinks())
        && one.getEntityId().equals(other.getEntityId())
        && one.getEntityType() == other.getEntityType()
        && one.getSubjectId().equals(other.getSubjectId())
        && one.getSubjectType() == other.getSubjectType()
        && Objects.equals(one.getOccurredAt(), other.getOccurredAt())
        && Objects.equals(one.getActorId(), other.getActorId());
  }

  private static byte[] mutate(byte[] body, Random random) {
    if (body.length < 4) {
      return body;
    }
    int at = random.nextInt(body.length);
    int end = Math.min(body.length, at + 1 + random.nextInt(random.nextInt(8) == 0 ? 200 : 8));
    switch (random.nextInt(9)) {
      case 0: // noise over some bytes
        byte[] noisy = body.clone();
        for (int i = at; i < end; i++) {
          noisy[i] = (byte) random.nextInt(256);
        }
        return noisy;
      case 1: // noise between
        byte[] bytes = new byte[1 + random.nextInt(6)];
        random.nextBytes(bytes);
        return splice(body, at, at, bytes);
      case 2: // some bytes gone
        return splice(body, at, end, new byte[0]);
      case 3: // some bytes twice
        return splice(body, end, end, Arrays.copyOfRange(body, at, end));
      case 4: // telling bytes between
        return splice(body, at, at, ascii(NOISE[random.nextInt(NOISE.length)]));
      case 5: // a digit or bracket nearby becomes another
        return otherDigitOrBracket(body, at, random);
      case 6: // a piece in another charset, raw
        String piece = new String(body, at, end - at, StandardCharsets.UTF_8) + "Сделка";
        return splice(body, at, end, piece.getBytes(CHARSETS[random.nextInt(CHARSETS.length)]));
      case 7: // one bit
        byte[] flipped = body.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
      default: // a piece from elsewhere in the body
        int from = random.nextInt(body.length);
        return splice(
            body, at, end, Arrays.copyOfRange(body, from, Math.min(body.length, from + 30)));
    }
  }

  private static byte[] otherDigitOrBracket(byte[] body, int from, Random random) {
    byte[] changed = body.clone();
    for (int i = 0; i < body.length; i++) {
      int at = (from + i) % body.length;
      if (body[at] >= '0' && body[at] <= '9') {
        changed[at] = (byte) ('0' + random.nextInt(10));
        return changed;
      }
      if (body[at] == '[' || body[at] == ']') {
        changed[at] = (byte) "[]()%&=x".charAt(random.nextInt(8));
        return changed;
      }
    }
    return changed;
  }

  private static byte[] splice(byte[] body, int from, int to, byte[] between) {
    byte[] result = new byte[body.length - (to - from) + between.length];
    System.arraycopy(body, 0, result, 0, from);
    System.arraycopy(between, 0, result, from, between.length);
    System.arraycopy(body, to, result, from + between.length, body.length - to);
    return result;
  }

  /**
   * The raw pairs of each entity, found by the plainest means: nothing of the decoder is used here.
   */
  private Map<String, List<String>> pairsByPrefix(byte[] body, Iterable<String> prefixes) {
    Map<String, List<String>> byPrefix = new LinkedHashMap<>();
    prefixes.forEach(prefix -> byPrefix.put(prefix, new ArrayList<>()));
    for (String pair : text(body).split("&")) {
      int equals = pair.indexOf('=');
      String key =
          plainKeys.computeIfAbsent(
              equals < 0 ? pair : pair.substring(0, equals), MutatedBodiesTest::plain);
      byPrefix.forEach(
          (prefix, pairs) -> {
            if (key.startsWith(prefix)) {
              pairs.add(pair);
            }
          });
    }
    return byPrefix;
  }

  private static String plain(String key) {
    if (key.indexOf('%') < 0) {
      return key;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) == '%'
          && i + 2 < key.length()
          && Character.digit(key.charAt(i + 1), 16) >= 0
          && Character.digit(key.charAt(i + 2), 16) >= 0) {
        plain.append((char) Integer.parseInt(key.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        plain.append(key.charAt(i));
      }
    }
    return plain.toString();
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.ISO_8859_1);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * A body, its entities' prefixes with their raw pairs, and the event that each entity alone
   * gives.
   */
  private record Sample(
      byte[] body, Map<String, List<String>> pairs, Map<String, CrmEvent> events) {
    static final String ACCOUNT = "account";

    Iterable<String> prefixes() {
      return pairs.keySet();
    }
  }

  private Sample sample(String body, String... entities) {
    List<String> prefixes = new ArrayList<>(List.of(entities));
    prefixes.add(Sample.ACCOUNT);
    Map<String, List<String>> pairs = pairsByPrefix(ascii(body), prefixes);
    Map<String, CrmEvent> events = new LinkedHashMap<>();
    for (String entity : entities) {
      events.put(entity, Deliveries.only(String.join("&", pairs.get(entity))));
    }
    assertThat(Deliveries.decode(body).events()).containsExactlyElementsOf(events.values());
    return new Sample(ascii(body), pairs, events);
  }

  private List<Sample> samples() {
    String account = "account[subdomain]=acme&account[id]=31337001&";
    String golden = Deliveries.GOLDEN;
    String second =
        golden
            .substring(golden.indexOf("&leads") + 1)
            .replace("%5Bstatus%5D%5B0%5D", "%5Bstatus%5D%5B17%5D")
            .replace("=20100501", "=20100502");
    return List.of(
        sample(golden, "leads[status][0]"),
        sample(golden + '&' + second, "leads[status][0]", "leads[status][17]"),
        sample(
            account
                + "leads[update][0][id]=1&leads[update][0][name]=%D0%97%D0%B0&leads[update][1][id]=2"
                + "&leads[update][1][custom_fields][0][id]=7&leads[update][1][custom_fields][0][values][value]=Yes"
                + "&leads[update][1][custom_fields][0][values][enum]=55&leads[update][5][id]=3"
                + "&leads[update][5][tags][0][name]=vip&contacts[update][0][id]=9&contacts[update][0][type]=company"
                + "&contacts[update][1][id]=10&contacts[update][1][type]=contact"
                + "&contacts[update][1][linked_leads_id][100][ID]=100",
            "leads[update][0]",
            "leads[update][1]",
            "leads[update][5]",
            "contacts[update][0]",
            "contacts[update][1]"),
        sample(
            "task[update][0][0][id]=11122233&task[update][0][0][element_type]=2"
                + "&task[update][0][0][element_id]=5&task[update][0][0][action_close]=1"
                + "&task[update][0][1][id]=11122234&task[update][0][1][text]=Call+back"
                + "&leads[note][0][note][id]=900&leads[note][0][note][note_type]=10"
                + "&leads[note][0][note][text]=%7B%22DURATION%22%3A5%7D&leads[note][1][id]=901"
                + "&leads[note][1][note_type]=4&leads[note][1][text]=%D0%94%D0%B0&account[id]=31337001",
            "task[update][0][0]", "task[update][0][1]", "leads[note][0]", "leads[note][1]"),
        sample(
            "message[add][0][id]=m1&message[add][0][chat_id]=c1&message[add][0][text]=&message[add][1][id]=m2"
                + "&message[add][1][entity_type]=lead&message[add][1][entity_id]=4&add[0][id]=m3&add[0][chat_id]=c3"
                + "&add[1][id]=15&add[1][type]=waba&talk[update][0][talk_id]=174&talk[update][0][is_in_work]=1"
                + "&unsorted[delete][0][action]=accept&unsorted[delete][0][uid]=ab&unsorted[delete][0][accept_result][leads][0]=8"
                + "&catalogs[add][3][id]=6&catalogs[add][3][name]=x&leads[delete][0]=5&leads[delete][1][id]=6",
            "message[add][0]",
            "message[add][1]",
            "add[0]",
            "add[1]",
            "talk[update][0]",
            "unsorted[delete][0]",
            "catalogs[add][3]",
            "leads[delete][0]",
            "leads[delete][1]"));
  }
}
