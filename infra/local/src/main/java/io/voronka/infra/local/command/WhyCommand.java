package io.voronka.infra.local.command;

import io.voronka.infra.local.sequences.Departures;
import io.voronka.infra.local.sequences.SequenceRecords;
import io.voronka.infra.local.why.AnswerJson;
import io.voronka.infra.local.why.ControlCopy;
import io.voronka.infra.local.why.UnanswerableException;
import io.voronka.infra.local.why.WhyRecords;
import io.voronka.rules.domain.condition.PeoplesDate;
import io.voronka.rules.explain.Language;
import io.voronka.sequences.explain.Answer;
import io.voronka.sequences.explain.HistoryText;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says why a rule did or did not fire, or where a lead is in a sequence. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description =
        "Says in a sentence or two why a rule did, or did not, fire for a lead, from what is"
            + " recorded on Kafka. What the rule index ruled out, so that no verdict is on record,"
            + " is judged again from the lead's events. With --sequence: where the lead is in a"
            + " sequence and why, or why it is not, and its history.")
public final class WhyCommand implements Callable<Integer> {

  @Option(names = "--rule", paramLabel = "ID")
  private String rule;

  @Option(names = "--sequence", paramLabel = "ID")
  private String sequence;

  @Option(names = "--lead", required = true, paramLabel = "ID", description = "Its id in the CRM.")
  private String lead;

  @Option(
      names = "--tenant",
      paramLabel = "ID",
      description = "The one that has the rule or sequence unless given.")
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
          "As things stood then: 2026-03-01T14:30:00, by the tenant's clocks, or with an offset;"
              + " now unless given.")
  private String at;

  @Mixin private LanguageOption language;

  @Mixin private CellOptions cell;

  @Option(names = "--json", description = "The answer as data, with its text in both languages.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UnanswerableException {
    if ((rule == null) == (sequence == null)) {
      throw new ParameterException(spec.commandLine(), "either --rule or --sequence is expected");
    }
    return rule == null ? aboutSequence() : aboutRule();
  }

  private int aboutSequence() throws UnanswerableException {
    SequenceRecords records = SequenceRecords.open(cell.bootstrapServers());
    String owner = records.tenant(tenant, sequence);
    String where = records.account(owner, account, sequence);
    long time = at == null ? Clock.systemUTC().millis() : time(records.zone(owner));
    Answer answer = records.why(owner, where, sequence, lead, time);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(SequenceJson.answer(answer).toPrettyString());
    } else {
      Language told = language.chosen();
      out.println(answer.text(told));
      Departures departures = Departures.of(cell.bootstrapServers(), answer.standings());
      HistoryText text = new HistoryText(answer.known(), told);
      answer.standings().stream()
          .map(one -> departures.words(one, text, told))
          .filter(words -> !words.isEmpty())
          .forEach(words -> out.println("  " + words.substring("; ".length())));
      answer.timeline(told).forEach(line -> out.println("  " + line));
    }
    out.flush();
    return ExitCodes.OK;
  }

  private int aboutRule() throws UnanswerableException {
    WhyRecords records = WhyRecords.open(cell.bootstrapServers());
    ControlCopy.Place place = records.place(tenant, account, rule);
    long time = at == null ? Clock.systemUTC().millis() : time(place.setting().zone());
    io.voronka.rules.why.Answer answer = records.answer(place, rule, lead, time);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? AnswerJson.of(answer).toPrettyString() : answer.text(language.chosen()));
    out.flush();
    return ExitCodes.OK;
  }

  private long time(ZoneId zone) {
    return PeoplesDate.dated(at.strip(), zone)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(), "--at: not a time such as 2026-03-01T14:30:00: " + at))
        .toEpochMilli();
  }
}
