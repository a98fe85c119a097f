package io.voronka.infra.local.command;

import io.voronka.infra.local.effects.WithdrawalException;
import io.voronka.infra.local.effects.Withdrawals;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes requested actions back. */
@Command(
    name = "withdraw",
    mixinStandardHelpOptions = true,
    description =
        "Takes requested actions back. Those that wait end as withdrawn and are never sent; what is on its way keeps the"
            + " outcome that it gets. 'voronka why --json' tells the ids.")
public final class WithdrawCommand implements Callable<Integer> {

  @Option(
      names = "--action",
      required = true,
      paramLabel = "ID",
      description = "Its id; may be given several times.")
  private List<String> actions;

  @Option(
      names = "--hours",
      paramLabel = "N",
      defaultValue = "48",
      description = "How far back its request is looked for; ${DEFAULT-VALUE} unless given.")
  private int hours;

  @Mixin private CellOptions cell;

  @Override
  public Integer call() throws WithdrawalException {
    Set<String> asked = new LinkedHashSet<>(actions);
    Set<String> unknown =
        new Withdrawals(cell.bootstrapServers(), Clock.systemUTC())
            .withdraw(asked, Duration.ofHours(hours), "voronka");
    for (String id : asked) {
      System.out.println(
          id + (unknown.contains(id) ? ": not requested in the last " + hours + " h" : ": asked"));
    }
    System.out.flush();
    return unknown.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
