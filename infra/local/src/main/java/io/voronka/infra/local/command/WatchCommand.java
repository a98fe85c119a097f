package io.voronka.infra.local.command;

import io.voronka.connectors.crm.kommo.rest.KommoClient;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.infra.local.connect.AlertLog;
import io.voronka.infra.local.connect.HookWatch;
import io.voronka.infra.local.connect.RoundReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Watches that webhooks keep coming. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description =
        "Looks at the webhooks of all connected accounts, again and again. One that Kommo has switched off, or that is"
            + " gone, is registered again; alerts say so on the topic alerts.raised, and when it is over. Ctrl-C ends it.")
public final class WatchCommand implements Callable<Integer> {
  private static final Duration LAST_ROUND = Duration.ofSeconds(30);
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smh])");

  @Spec private CommandSpec spec;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      defaultValue = "5m",
      description =
          "From the end of one round to the next: 30s, 5m, 1h; ${DEFAULT-VALUE} unless given.")
  private String every;

  @Option(names = "--once", description = "One round; fails when it could not look at an account.")
  private boolean once;

  @Mixin private CrmOptions options;

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    Duration pause = pause();
    Secrets secrets = new Secrets(System::getenv);
    Clock clock = Clock.systemUTC();
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> stop(stopped, ended), "stop-watch");
    try (KommoClient kommo = options.kommo(options.tokens(), secrets, clock);
        AlertLog log = options.alerts("watch", clock)) {
      HookWatch watch =
          new HookWatch(
              new HookWatch.Parts(options.hooks(), kommo.connection(), secrets, log, clock));
      if (once) {
        RoundReport report = watch.round();
        print(report, out);
        return complete(report) ? ExitCodes.OK : ExitCodes.FAILED;
      }
      Runtime.getRuntime().addShutdownHook(hook);
      do {
        try {
          print(watch.round(), out);
        } catch (SQLException e) {
          out.println("no round: the control database: " + e.getMessage());
          out.flush();
        }
      } while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } finally {
      ended.countDown();
    }
    return ExitCodes.OK;
  }

  /** The process ends when this returns: a round that is under way is finished first. */
  private static void stop(CountDownLatch stopped, CountDownLatch ended) {
    stopped.countDown();
    try {
      if (!ended.await(LAST_ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("voronka: the last round was cut short");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean complete(RoundReport report) {
    return report.of(RoundReport.Outcome.NOT_REGISTERED) == 0
        && report.of(RoundReport.Outcome.UNREACHABLE) == 0
        && report.of(RoundReport.Outcome.UNCHECKED) == 0
        && report.of(RoundReport.Outcome.ACCESS_LOST) == 0
        && report.of(RoundReport.Outcome.ALERT_UNSENT) == 0;
  }

  private static void print(RoundReport report, PrintWriter out) {
    report.remarks().forEach(out::println);
    out.println(report);
    out.flush();
  }

  private Duration pause() {
    Matcher matcher = DURATION.matcher(every);
    Duration pause = Duration.ZERO;
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(1));
      pause =
          switch (matcher.group(2)) {
            case "s" -> Duration.of(count, ChronoUnit.SECONDS);
            case "m" -> Duration.of(count, ChronoUnit.MINUTES);
            default -> Duration.of(count, ChronoUnit.HOURS);
          };
    }
    if (pause.isZero()) {
      throw new ParameterException(
          spec.commandLine(), "--every takes a time such as 30s, 5m or 1h, not " + every);
    }
    return pause;
  }
}
