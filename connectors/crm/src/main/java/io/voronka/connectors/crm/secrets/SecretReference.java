package io.voronka.connectors.crm.secrets;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a secret is: {@code env:NAME} or {@code file:/path}. Safe to log. */
public final class SecretReference {
  private static final Pattern ENV = Pattern.compile("env:([A-Za-z_][A-Za-z0-9_]*)");
  private static final Pattern FILE = Pattern.compile("file:(/\\P{Cntrl}+)");

  private final String text;
  private final String variable;
  private final Path file;

  private SecretReference(String text, String variable, Path file) {
    this.text = text;
    this.variable = variable;
    this.file = file;
  }

  /**
   * @throws IllegalArgumentException when it is neither form; the text itself is not repeated, it
   *     may be a secret
   */
  public static SecretReference parse(String text) {
    Matcher env = ENV.matcher(text);
    if (env.matches()) {
      return new SecretReference(text, env.group(1), null);
    }
    Matcher file = FILE.matcher(text);
    if (file.matches()) {
      return new SecretReference(text, null, Path.of(file.group(1)));
    }
    throw new IllegalArgumentException("a secret is referenced by env:NAME or file:/path");
  }

  /** Name of the environment variable, null for a file. */
  String variable() {
    return variable;
  }

  /** Absolute path, null for a variable. */
  Path file() {
    return file;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretReference && ((SecretReference) other).text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The reference, as it was parsed. */
  @Override
  public String toString() {
    return text;
  }
}
