package io.voronka.infra.local.stack;

import io.voronka.infra.local.process.JavaCommand;
import io.voronka.infra.local.stack.StackException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;

/** One of our own servers, run from its self-contained jar. */
final class AppPart implements Component {

  private final String name;
  private final Path jar;
  private final Path copies;
  private final List<String> arguments;
  private final Map<String, String> environment;
  private final URI address;
  private final URI readiness;
  private final int heapMb;
  private final ChildJvm jvm;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  /**
   * @param copies folder that the jar is copied to
   * @param readiness answers a GET with 2xx once the server serves
   */
  AppPart(
      String name,
      Path jar,
      Path copies,
      List<String> arguments,
      Map<String, String> environment,
      URI address,
      URI readiness,
      int heapMb,
      ChildJvm jvm) {
    this.name = name;
    this.jar = jar;
    this.copies = copies;
    this.arguments = List.copyOf(arguments);
    this.environment = Map.copyOf(environment);
    this.address = address;
    this.readiness = readiness;
    this.heapMb = heapMb;
    this.jvm = jvm;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String address() {
    return address.toString();
  }

  @Override
  public Launch launch() throws IOException {
    Path own = copy();
    List<String> options = jvm.options(name);
    return new Launch(
        jvm.line(name, new JavaCommand(heapMb, options, List.of(own), mainClass(own), arguments)),
        environment);
  }

  /** A build must not take the classes from under a running server. Each build has its own. */
  private Path copy() throws IOException {
    long changed = Files.getLastModifiedTime(jar).toMillis();
    Path own = copies.resolve(changed + "-" + Files.size(jar) + "-" + jar.getFileName());
    if (Files.exists(own)) {
      KeptBuilds.use(own, Instant.now());
    } else {
      Files.createDirectories(copies);
      Path half = Files.createTempFile(copies, name, ".part");
      Files.copy(jar, half, StandardCopyOption.REPLACE_EXISTING);
      Files.move(half, own, StandardCopyOption.ATOMIC_MOVE);
    }
    return own;
  }

  @Override
  public boolean ready() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(readiness).timeout(Duration.ofSeconds(2)).build();
    int status = http.send(request, BodyHandlers.discarding()).statusCode();
    return status >= 200 && status < 300;
  }

  static String mainClass(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      String main =
          file.getManifest() == null
              ? null
              : file.getManifest().getMainAttributes().getValue("Main-Class");
      if (main == null) {
        throw new StackException(Reason.NOT_BUILT, jar + " names no main class");
      }
      return main;
    } catch (IOException e) {
      throw new StackException(Reason.NOT_BUILT, "cannot read " + jar + ": " + e, e);
    }
  }
}
