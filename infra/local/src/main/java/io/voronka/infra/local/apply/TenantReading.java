package io.voronka.infra.local.apply;

import io.voronka.infra.local.apply.Manifest.AgentSpec;
import io.voronka.infra.local.apply.Manifest.TenantSpec;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Documents that say who a tenant is, who its agents are, and what both keep to with clients. */
final class TenantReading {
  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
  private static final String SPAN = "([1-9][0-9]{0,3})(m|h|d)";
  private static final Pattern LASTING = Pattern.compile(SPAN);
  private static final Pattern CAP = Pattern.compile("[1-9][0-9]{0,2} per " + SPAN);

  private static final Pattern WORD = Pattern.compile("(?=.*\\S)[^\\p{Cntrl}]{1,40}");

  /** What the executor remembers of contacts. */
  private static final Duration LONGEST = Duration.ofDays(30);

  private TenantReading() {}

  static TenantSpec tenant(FieldReader fields) {
    String zone =
        fields
            .optionalText("timeZone", Pattern.compile(".+"), "must be an IANA time zone")
            .orElse("UTC");
    if (!zone.equals("UTC")
        && (!zone.contains("/") || !ZoneId.getAvailableZoneIds().contains(zone))) {
      fields.problem("timeZone", "'" + zone + "' is not an IANA time zone such as Europe/Moscow");
      // So that the other documents can be read on.
      zone = "UTC";
    }
    TenantSpec tenant =
        new TenantSpec(
            fields.slug("id"),
            fields.text("name", ManifestReader.NAME, "must be 1-200 characters"),
            zone,
            fields
                .optionalText(
                    "locale",
                    Pattern.compile("[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?"),
                    "must be a BCP 47 tag such as ru or en-GB")
                .orElse("en"),
            fields.flag("active", true),
            fields.optionalFlag("effectsPaused"),
            fields.optionalText("quietFrom", TIME, "must be a time such as 21:00, in quotes"),
            fields.optionalText("quietTo", TIME, "must be a time such as 09:00, in quotes"),
            cap(fields, "messageCap"),
            cap(fields, "mailCap"),
            optOutWords(fields));
    if (tenant.quietFrom().isPresent() != tenant.quietTo().isPresent()
        || tenant.quietFrom().isPresent() && tenant.quietFrom().equals(tenant.quietTo())) {
      fields.problem("quietFrom", "quietFrom and quietTo are two times, given both or not at all");
    }
    fields.rejectUnknown();
    return tenant;
  }

  static AgentSpec agent(FieldReader fields) {
    AgentSpec agent =
        new AgentSpec(
            fields.slug("tenant"),
            fields.slug("id"),
            fields.slug("account"),
            fields.text("name", ManifestReader.NAME, "must be 1-200 characters"),
            fields.flag("active", true),
            fields.optionalFlag("effectsPaused"),
            lasting(
                fields,
                "silentAfterHuman",
                LASTING,
                "must be a time such as 30m, 2h or 1d, at most 30d"));
    fields.rejectUnknown();
    return agent;
  }

  /** An empty list is one too: then no word opts anybody out. */
  private static Optional<List<String>> optOutWords(FieldReader fields) {
    List<String> words =
        fields.anyTexts("optOutWords", 20, WORD, "must be a word or two, of 1-40 characters");
    return fields.has("optOutWords") ? Optional.of(words) : Optional.empty();
  }

  private static Optional<String> cap(FieldReader fields, String field) {
    return lasting(fields, field, CAP, "must be such as '3 per 24h' or '2 per 7d', at most 30d");
  }

  private static Optional<String> lasting(
      FieldReader fields, String field, Pattern pattern, String rule) {
    Optional<String> text = fields.optionalText(field, pattern, rule);
    if (text.filter(found -> length(pattern, found).compareTo(LONGEST) > 0).isPresent()) {
      fields.problem(field, rule);
    }
    return text;
  }

  private static Duration length(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalStateException("matched before: " + text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
