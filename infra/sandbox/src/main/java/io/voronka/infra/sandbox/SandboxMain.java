package io.voronka.infra.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a sandbox as a process of its own. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description =
        "Simulates the outside world: a Kommo, addresses that record webhooks, and a mail server.")
public final class SandboxMain implements Callable<Integer> {
  private static final String LOGGING = "log4j2.configurationFile";

  @Option(names = "--port", defaultValue = "0", description = "0 takes a free one")
  private int port;

  @Option(
      names = "--smtp-port",
      defaultValue = "0",
      description = "of the mail server; 0 takes a free one")
  private int smtpPort;

  @Option(names = "--data", required = true, description = "folder of its books and its port file")
  private Path data;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "chooses which writes send their webhooks before they are answered")
  private long seed;

  private SandboxMain() {}

  public static void main(String[] arguments) {
    // Not log4j2.xml: the jar is also on the class path of tests that log their own way.
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "sandbox-log4j2.xml");
    }
    int code = new CommandLine(new SandboxMain()).execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
    // 0: the event loop keeps the process alive until it is killed.
  }

  @Override
  public Integer call() {
    try {
      Sandbox sandbox =
          Sandbox.start(
              new SandboxOptions(
                  data,
                  port,
                  smtpPort,
                  seed,
                  Clock.systemUTC(),
                  System::nanoTime,
                  () -> UUID.randomUUID().toString()));
      Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "sandbox-shutdown"));
      System.out.println("sandbox ready on " + sandbox.address());
      System.out.flush();
      return 0;
    } catch (IOException e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }
}
