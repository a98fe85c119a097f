package io.voronka.infra.local.stack;

import io.voronka.infra.local.stack.StackException.Reason;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Which port belongs to what. A port that was asked for is taken or refused; the others are the
 * ones of the last start when they are still free (so that bookmarks go on working), and any free
 * ones otherwise.
 *
 * <p>Ports are picked below the range from which the kernel serves outgoing connections: while a
 * component is down, a client that keeps trying to connect must not be able to get its port.
 */
final class Ports {

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 29_999;
  private static final int TRIES = 500;

  private final Map<String, Integer> taken = new TreeMap<>();

  private Ports() {}

  /**
   * Chooses a port for every name and remembers the choice.
   *
   * @param names what needs a port
   * @param asked ports asked for by name; 0 means any
   * @param remembered file of the last choice; need not exist
   * @throws StackException PORT_IN_USE
   */
  static Ports choose(
      Set<String> names, Map<String, Integer> asked, Path remembered, RandomGenerator random)
      throws IOException {
    Ports ports = new Ports();
    Set<Integer> used = new HashSet<>();
    for (String name : names) {
      int port = asked.getOrDefault(name, 0);
      if (port == 0) {
        continue;
      }
      if (!used.add(port)) {
        throw refused(port, name, "is asked for another part, too");
      }
      if (!free(port)) {
        throw refused(port, name, "is in use, or not ours to take");
      }
      ports.taken.put(name, port);
    }
    Properties last = read(remembered);
    for (String name : names) {
      int before = number(last.getProperty(name));
      if (!ports.taken.containsKey(name) && before > 0 && free(before) && used.add(before)) {
        ports.taken.put(name, before);
      }
    }
    // Only now: a new port must not be one that another name remembers.
    for (String name : names) {
      if (!ports.taken.containsKey(name)) {
        ports.taken.put(name, any(used, random));
      }
    }
    ports.write(remembered);
    return ports;
  }

  private static StackException refused(int port, String name, String why) {
    return new StackException(
        Reason.PORT_IN_USE,
        "port %d, asked for %s, %s; give another one or leave it out for a free one"
            .formatted(port, name, why));
  }

  /** The port of a name that {@link #choose} was given. */
  int of(String name) {
    Integer port = taken.get(name);
    if (port == null) {
      throw new IllegalArgumentException("no port was chosen for " + name);
    }
    return port;
  }

  /** Whether nobody listens there. */
  static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: a port in TIME_WAIT from the last run is free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress("127.0.0.1", port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int any(Set<Integer> used, RandomGenerator random) {
    for (int i = 0; i < TRIES; i++) {
      int port = random.nextInt(LOWEST, HIGHEST + 1);
      if (!used.contains(port) && free(port)) {
        used.add(port);
        return port;
      }
    }
    throw new StackException(
        Reason.PORT_IN_USE, "found no free port between %d and %d".formatted(LOWEST, HIGHEST));
  }

  private static int number(String text) {
    try {
      return text == null ? 0 : Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    if (Files.isRegularFile(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        properties.load(in);
      }
    }
    return properties;
  }

  private void write(Path file) throws IOException {
    Properties properties = read(file);
    taken.forEach((name, port) -> properties.setProperty(name, Integer.toString(port)));
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, "chosen at the last start");
    }
  }
}
