package io.voronka.infra.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.local.apply.Counted;
import io.voronka.infra.local.sequences.Departures;
import io.voronka.infra.local.sequences.Selection;
import io.voronka.infra.local.sequences.SequenceRecords;
import io.voronka.infra.local.why.UnanswerableException;
import io.voronka.schemas.Subject;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.explain.HistoryText;
import io.voronka.sequences.explain.Knowledge;
import io.voronka.sequences.history.Standing;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells who is where in sequences. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "Tells who is inside sequences, in which step, and until when, from the records of the job."
            + " Times are those of the tenant's clocks.")
public final class SequenceListCommand implements Callable<Integer> {

  /** Whom to list. */
  enum Wanted {
    INSIDE,
    WAITING,
    ASKED,
    PAUSED,
    LEFT,
    ANY;

    boolean has(Standing standing) {
      return switch (this) {
        case INSIDE -> standing.inside();
        case WAITING -> standing.state() == Standing.State.WAITING && !paused(standing);
        case ASKED -> standing.state() == Standing.State.ASKED && !paused(standing);
        case PAUSED -> paused(standing);
        case LEFT -> !standing.inside();
        case ANY -> true;
      };
    }

    private static boolean paused(Standing standing) {
      return standing.paused().isPresent();
    }
  }

  @Option(names = "--sequence", paramLabel = "ID")
  private String sequenceId;

  @Mixin private LeadOptions leads;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      defaultValue = "inside",
      description =
          "One of: inside, waiting, asked, paused, left, any; ${DEFAULT-VALUE} unless given.")
  private Wanted state;

  @Option(names = "--tenant", paramLabel = "ID", description = "All tenants unless given.")
  private String tenant;

  @Option(names = "--account", paramLabel = "ID", description = "All CRM accounts unless given.")
  private String account;

  @Mixin private LanguageOption language;

  @Option(names = "--json", description = "As data.")
  private boolean json;

  @Mixin private CellOptions cell;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UnanswerableException {
    Set<String> ids = leads.all();
    SequenceRecords records = SequenceRecords.open(cell.bootstrapServers());
    String owner = sequenceId == null ? tenant : records.tenant(tenant, sequenceId);
    SequenceRecords.Found found =
        records.find(new Selection(owner, account, sequenceId, ids, null));
    List<Standing> wanted =
        found.standings().stream()
            .filter(state::has)
            .sorted(
                Comparator.comparing((Standing one) -> one.subject().tenantId())
                    .thenComparing(Standing::sequenceId)
                    .thenComparing(one -> one.subject().accountId())
                    .thenComparing(one -> one.subject().id().length())
                    .thenComparing(one -> one.subject().id())
                    .thenComparing(Standing::since))
            .toList();
    Departures departures = Departures.of(cell.bootstrapServers(), wanted);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(wanted, records, departures).toPrettyString());
    } else {
      print(wanted, records, departures, out);
    }
    out.flush();
    if (!found.whole()) {
      spec.commandLine()
          .getErr()
          .println("voronka: the oldest records are gone; who has not moved since is not listed");
    }
    return ExitCodes.OK;
  }

  private void print(
      List<Standing> wanted, SequenceRecords records, Departures departures, PrintWriter out) {
    Map<String, HistoryText> words = new HashMap<>();
    for (Standing one : wanted) {
      Subject subject = one.subject();
      HistoryText text =
          words.computeIfAbsent(
              subject.tenantId() + '/' + one.sequenceId(),
              key -> new HistoryText(known(one, records), language.chosen()));
      String key = one.runKey() == null ? "" : " [" + one.runKey() + "]";
      String when = one.inside() ? "" : text.time(one.since()) + "  ";
      out.printf(
          "%s/%s  lead %s  %s v%d%s  %s%s%s%n",
          subject.tenantId(),
          subject.accountId(),
          subject.id(),
          one.sequenceId(),
          one.version(),
          key,
          when,
          text.of(one),
          departures.words(one, text, language.chosen()));
    }
    out.println(Counted.of(wanted.size(), "run"));
  }

  private ArrayNode json(List<Standing> wanted, SequenceRecords records, Departures departures) {
    ArrayNode all = new ObjectMapper().createArrayNode();
    Map<String, Map<Long, Sequence>> definitions = new HashMap<>();
    for (Standing one : wanted) {
      Map<Long, Sequence> versions =
          definitions.computeIfAbsent(
              one.subject().tenantId() + '/' + one.sequenceId(),
              key -> known(one, records).versions());
      ObjectNode node = all.addObject();
      SequenceJson.standing(node, one, versions.get(one.version()));
      departures
          .at(one)
          .ifPresent(at -> node.put("expectedAt", Instant.ofEpochMilli(at).toString()));
    }
    return all;
  }

  private static Knowledge known(Standing one, SequenceRecords records) {
    return records.knowledge(one.subject().tenantId(), one.sequenceId(), Map.of());
  }
}
