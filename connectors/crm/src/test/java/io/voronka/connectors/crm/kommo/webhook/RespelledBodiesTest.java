package io.voronka.connectors.crm.kommo.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.testing.kommo.KommoBodies;
import io.voronka.connectors.testing.kommo.KommoBody;
import io.voronka.schemas.CrmEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The same pairs written in another way are the same events: any byte may be an escape, hex digits
 * have two cases, a space two forms, pairs come in any order, one entity's among another's, twice,
 * and with strange ones between them.
 */
class RespelledBodiesTest {
  private static final int BODIES = 30_000;
  private static final String FIELDS =
      "account[id]=31337001&leads[update][3][id]=77&leads[update][3][tags][0][id]=1"
          + "&leads[update][3][tags][0][name]=vip&leads[update][3][tags][1][id]=2"
          + "&leads[update][3][tags][1][name]=%D0%B4%D0%B0&leads[update][3][custom_fields][0][id]=1"
          + "&leads[update][3][custom_fields][0][values][0][value]=a&leads[update][3][custom_fields][0][values][0][enum]=5"
          + "&leads[update][3][custom_fields][0][values][1][value]=b&leads[update][3][custom_fields][0][values][1][enum]=6"
          + "&leads[update][3][custom_fields][1][id]=2&leads[update][3][custom_fields][1][values][0]=1412380800"
          + "&leads[update][3][custom_fields][2][id]=3&leads[update][3][custom_fields][2][values][value]=x"
          + "&unsorted[add][0][uid]=u&unsorted[add][0][data][leads][0]=7&unsorted[add][0][data][leads][1]=8"
          + "&leads[update][3][custom_fields][10][id]=4&leads[update][3][custom_fields][10][name]=%D0%94%D0%B0+%D0%BD%D0%B5%D1%82"
          + "&leads[update][30][id]=78&contacts[add][2][id]=5&contacts[add][2][type]=contact"
          + "&contacts[add][2][linked_leads_id][100][ID]=100&contacts[add][2][linked_leads_id][99][ID]=99";
  private static final List<String> STRANGE =
      List.of(
          "",
          "\r\n",
          "x",
          "=",
          "=1",
          "foo[bar]=1",
          "leads[move][0][id]=1",
          "leads[update",
          "][=3",
          "leads%5Bupdate%5D%5B90%5D%5Bname%5D=no+id",
          "utm%zz=1",
          "%00=%00",
          "%FF[%FE]=%FD");

  private final Random random = new Random(20_261_201L);

  @Test
  void areTheSameEvents() {
    List<byte[]> bodies = new ArrayList<>();
    KommoBodies.all().stream().map(KommoBody::bytes).forEach(bodies::add);
    bodies.add(FIELDS.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < BODIES; i++) {
      byte[] body = bodies.get(i % bodies.size());
      List<String> pairs =
          new ArrayList<>(Arrays.asList(new String(body, StandardCharsets.US_ASCII).split("&")));
      if (random.nextBoolean()) {
        Collections.shuffle(pairs, random);
      }
      for (int strange = random.nextInt(4); strange > 0; strange--) {
        pairs.add(random.nextInt(pairs.size()), STRANGE.get(random.nextInt(STRANGE.size())));
      }
      List<String> spelled = new ArrayList<>();
      for (String pair : pairs) {
        spelled.add(respelled(pair));
        if (random.nextInt(10) == 0) {
          spelled.add(respelled(pair));
        }
      }
      String respelled = String.join("&", spelled);

      assertThat(byId(respelled)).isEqualTo(byId(new String(body, StandardCharsets.US_ASCII)));
    }
  }

  private static Map<String, CrmEvent> byId(String body) {
    Map<String, CrmEvent> events = new HashMap<>();
    Deliveries.decode(body).events().forEach(event -> events.put(event.getId(), event));
    return events;
  }

  /** Some of its bytes as escapes, some escapes as bytes. */
  private String respelled(String pair) {
    if (STRANGE.contains(pair)) {
      return pair;
    }
    StringBuilder spelled = new StringBuilder();
    int often = 1 + random.nextInt(40);
    for (int i = 0; i < pair.length(); i++) {
      char c = pair.charAt(i);
      boolean escape = c == '%';
      int value = escape ? Integer.parseInt(pair.substring(i + 1, i + 3), 16) : c == '+' ? ' ' : c;
      i += escape ? 2 : 0;
      boolean structural = !escape && c == '=' && spelled.indexOf("=") < 0;
      boolean special =
          value == '&'
              || value == '='
              || value == '+'
              || value == '%'
              || value < ' '
              || value >= 0x80;
      if (structural) {
        spelled.append('=');
      } else if (special && c != '=' || random.nextInt(often) == 0) {
        spelled.append(String.format(random.nextBoolean() ? "%%%02x" : "%%%02X", value));
      } else if (value == ' ') {
        spelled.append('+');
      } else {
        spelled.append((char) value);
      }
    }
    return spelled.toString();
  }
}
