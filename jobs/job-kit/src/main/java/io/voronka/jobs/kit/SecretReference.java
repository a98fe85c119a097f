package io.voronka.jobs.kit;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Where a secret is, never the secret itself: {@code env:NAME} or {@code file:/path}. It may travel
 * in a job graph; it is resolved where the secret is used.
 */
public record SecretReference(String reference) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String ENV = "env:";
  private static final String FILE = "file:";

  /**
   * @throws IllegalArgumentException when it is neither form; the message does not repeat the text,
   *     which may be a secret given by mistake
   */
  public SecretReference {
    boolean env = reference.startsWith(ENV) && reference.length() > ENV.length();
    boolean file = reference.startsWith(FILE + "/");
    if (!env && !file) {
      throw new IllegalArgumentException("a secret is given as env:NAME or file:/path");
    }
  }

  /**
   * @param environment of the process: {@code System::getenv}
   * @return the secret, without the line break that ends a file
   * @throws IllegalStateException when the variable is not set
   * @throws UncheckedIOException when the file cannot be read
   */
  public String resolve(Function<String, String> environment) {
    if (reference.startsWith(ENV)) {
      String value = environment.apply(reference.substring(ENV.length()));
      if (value == null) {
        throw new IllegalStateException("not set: " + reference);
      }
      return value;
    }
    try {
      return Files.readString(Path.of(reference.substring(FILE.length())), StandardCharsets.UTF_8)
          .stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the secret of " + reference, e);
    }
  }
}
