package io.voronka.connectors.crm.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Looks secrets up. */
public final class Secrets {
  private static final long LARGEST_FILE = 65_536;

  private final UnaryOperator<String> environment;

  /**
   * @param environment variable to value or null, in production {@code System::getenv}
   */
  public Secrets(UnaryOperator<String> environment) {
    this.environment = Objects.requireNonNull(environment, "environment");
  }

  /**
   * The secret, without blanks and line ends around it.
   *
   * @throws UnresolvedSecretException when it is not there, empty, or too large to be one
   */
  public String resolve(SecretReference reference) throws UnresolvedSecretException {
    String secret = reference.file() == null ? fromEnvironment(reference) : fromFile(reference);
    if (secret.isBlank()) {
      throw new UnresolvedSecretException(reference + " is empty");
    }
    return secret.strip();
  }

  private String fromEnvironment(SecretReference reference) throws UnresolvedSecretException {
    String value = environment.apply(reference.variable());
    if (value == null) {
      throw new UnresolvedSecretException(reference + " is not set");
    }
    return value;
  }

  private static String fromFile(SecretReference reference) throws UnresolvedSecretException {
    try {
      if (Files.size(reference.file()) > LARGEST_FILE) {
        throw new UnresolvedSecretException(
            reference + " is larger than " + LARGEST_FILE + " bytes");
      }
      return Files.readString(reference.file());
    } catch (IOException e) {
      throw new UnresolvedSecretException(
          reference + " cannot be read: " + e.getClass().getSimpleName());
    }
  }
}
