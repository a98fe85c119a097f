package io.voronka.infra.local.apply;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Sales scripts for typical situations, to begin with. */
public final class StarterScripts {
  private StarterScripts() {}

  /**
   * Documents for {@code apply}.
   *
   * @param locale ru or en
   */
  public static String of(String tenant, String agent, String locale) throws IOException {
    String name = "starter-scripts-" + locale + ".yaml";
    try (InputStream in = StarterScripts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("there are starter scripts in ru and en");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("tenant: TENANT", "tenant: " + tenant)
          .replace("agent: AGENT", "agent: " + agent);
    }
  }
}
