package io.voronka.infra.local.command;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.infra.local.redeliver.Item;
import io.voronka.infra.local.redeliver.Order;
import io.voronka.infra.local.redeliver.Redelivery;
import io.voronka.rules.domain.condition.PeoplesDate;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Puts failed actions and archived webhooks back. */
@Command(
    name = "redeliver",
    mixinStandardHelpOptions = true,
    description =
        "Puts actions that were not done, and archived webhooks, back into the flow under their old ids: what has"
            + " happened does not happen again. Run twice, it does what it does once.")
public final class RedeliverCommand implements Callable<Integer> {

  @Option(
      names = "--action",
      paramLabel = "ID",
      split = ",",
      description = "This action, if it failed, expired, was refused or is unknown.")
  private Set<String> actions = Set.of();

  @Option(
      names = "--webhook",
      paramLabel = "ID",
      split = ",",
      description = "This archived webhook, decoded anew.")
  private Set<String> webhooks = Set.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "All actions that failed, expired or were refused since then, and all webhooks that were not wholly"
              + " understood: 2h, 3d, or 2026-03-01T14:30:00, by UTC or with an offset.")
  private String since;

  @Option(names = "--tenant", paramLabel = "ID", description = "With --since: this tenant's alone.")
  private String tenant;

  @Option(
      names = "--good-for",
      paramLabel = "TIME",
      defaultValue = "24h",
      description = "How long an action may wait to be sent; ${DEFAULT-VALUE} unless given.")
  private String goodFor;

  @Option(names = "--dry-run", description = "Tell what would be put back.")
  private boolean dryRun;

  @Mixin private CellOptions cell;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (actions.isEmpty() && webhooks.isEmpty() && since == null) {
      throw new ParameterException(spec.commandLine(), "say what: --action, --webhook or --since");
    }
    Clock clock = Clock.systemUTC();
    Order order =
        new Order(
            actions,
            webhooks,
            since == null ? null : moment(clock),
            tenant,
            duration("--good-for", goodFor),
            dryRun);
    List<Item> items =
        new Redelivery(KafkaSettings.of(cell.bootstrapServers(), "voronka-redeliver"), clock)
            .run(order);
    print(items, System.out);
    boolean notFound =
        items.stream()
            .anyMatch(
                item ->
                    !item.putBack()
                        && (actions.contains(item.id()) || webhooks.contains(item.id())));
    return notFound ? ExitCodes.FAILED : ExitCodes.OK;
  }

  private void print(List<Item> items, PrintStream out) {
    String done = dryRun ? "would be put back" : "put back";
    for (Item item : items) {
      out.printf(
          "%-17s  %-7s  %s  %s%n",
          item.putBack() ? done : "left alone", item.kind(), item.id(), item.why());
    }
    long again = items.stream().filter(Item::putBack).count();
    out.printf("%d %s, %d left alone%n", again, done, items.size() - again);
    out.flush();
  }

  private long moment(Clock clock) {
    if (since.matches("\\d+[smhd]")) {
      return clock.millis() - duration("--since", since).toMillis();
    }
    return PeoplesDate.dated(since.strip(), ZoneOffset.UTC)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "--since: neither 2h nor a time such as 2026-03-01T14:30:00Z: " + since))
        .toEpochMilli();
  }

  private Duration duration(String option, String text) {
    if (!text.matches("\\d{1,6}[smhd]")) {
      throw new ParameterException(
          spec.commandLine(), option + ": not a duration such as 30m, 2h or 3d: " + text);
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
