package io.voronka.infra.local.apply;

import io.voronka.infra.local.apply.Manifest.ScriptSpec;
import io.voronka.rules.domain.text.Text;
import java.util.regex.Pattern;

/** Documents that say what agents say. */
final class ScriptReading {
  private static final String CATEGORIES =
      "greeting|qualification|offer|objection|closing|follow_up|service";
  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");
  private static final Pattern PHRASE = Pattern.compile("(?s)(?=.*\\S).{1,200}");
  private static final Pattern BODY = Pattern.compile("(?s)(?=.*\\S).{1,20000}");

  private ScriptReading() {}

  static ScriptSpec script(FieldReader fields) {
    ScriptSpec script =
        new ScriptSpec(
            fields.slug("tenant"),
            fields.slug("agent"),
            fields.slug("id"),
            fields.text("title", ManifestReader.NAME, "must be 1-200 characters"),
            fields.text(
                "category",
                Pattern.compile(CATEGORIES),
                "must be one of " + CATEGORIES.replace("|", ", ")),
            fields.text("locale", Pattern.compile("ru|en"), "must be ru or en"),
            fields.optionalTexts("stages", 200, ID, "must be a stage's number"),
            fields.optionalTexts("keyPhrases", 100, PHRASE, "must be 1-200 characters"),
            fields.text("body", BODY, "must be 1-20000 characters"));
    Text.parse(script.body(), problem -> fields.problem("body", problem));
    fields.rejectUnknown();
    return script;
  }
}
