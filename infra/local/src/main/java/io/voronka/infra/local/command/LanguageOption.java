package io.voronka.infra.local.command;

import io.voronka.rules.explain.Language;
import picocli.CommandLine.Option;

/** The language of what a command says about rules and sequences. */
final class LanguageOption {
  @Option(
      names = {"--lang", "--locale"},
      paramLabel = "en|ru",
      defaultValue = "en",
      description = "Of the answer; ${DEFAULT-VALUE} unless given.")
  private Language language;

  Language chosen() {
    return language;
  }
}
