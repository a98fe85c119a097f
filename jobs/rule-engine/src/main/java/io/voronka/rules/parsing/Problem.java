package io.voronka.rules.parsing;

/**
 * Something wrong with a definition.
 *
 * @param pointer JSON pointer of the place; empty for the whole document
 */
public record Problem(String pointer, String message) {
  @Override
  public String toString() {
    return (pointer.isEmpty() ? "/" : pointer) + ": " + message;
  }
}
