package io.voronka.infra.local.command;

import io.voronka.infra.local.why.AnswerJson;
import io.voronka.infra.local.why.ControlCopy;
import io.voronka.infra.local.why.UnanswerableException;
import io.voronka.infra.local.why.WhyRecords;
import io.voronka.rules.explain.Language;
import io.voronka.rules.why.Answer;
import java.io.PrintStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says why a rule did or did not fire. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description =
        "Says in a sentence or two why a rule did, or did not, fire for a lead, from what is recorded on Kafka. What the"
            + " rule index ruled out, so that no verdict is on record, is judged again from the lead's events.")
public final class WhyCommand implements Callable<Integer> {

  @Option(names = "--rule", required = true, paramLabel = "ID")
  private String rule;

  @Option(names = "--lead", required = true, paramLabel = "ID", description = "Its id in the CRM.")
  private String lead;

  @Option(
      names = "--tenant",
      paramLabel = "ID",
      description = "The one that has the rule unless given.")
  private String tenant;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "CRM account; the tenant's only one unless given.")
  private String account;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "As things stood then: 2026-03-01T14:30:00, by the tenant's clocks, or with an offset; now unless given.")
  private String at;

  @Option(
      names = "--lang",
      paramLabel = "en|ru",
      defaultValue = "en",
      description = "${DEFAULT-VALUE} unless given.")
  private Language language;

  @Mixin private CellOptions cell;

  @Option(names = "--json", description = "The answer as data, with its text in both languages.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UnanswerableException {
    WhyRecords records = WhyRecords.open(cell.bootstrapServers());
    ControlCopy.Place place = records.place(tenant, account, rule);
    long time = at == null ? Clock.systemUTC().millis() : time(place.setting().zone());
    Answer answer = records.answer(place, rule, lead, time);
    PrintStream out = System.out;
    out.println(json ? AnswerJson.of(answer).toPrettyString() : answer.text(language));
    out.flush();
    return ExitCodes.OK;
  }

  private long time(ZoneId zone) {
    String iso = at.strip().replace(' ', 'T');
    try {
      boolean offset = iso.endsWith("Z") || iso.matches(".*T.*[+-].*");
      return offset
          ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
          : LocalDateTime.parse(iso).atZone(zone).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(), "--at: not a time such as 2026-03-01T14:30:00: " + at, e);
    }
  }
}
