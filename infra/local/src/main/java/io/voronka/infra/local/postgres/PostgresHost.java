package io.voronka.infra.local.postgres;

import io.voronka.infra.local.process.ProcessFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The main class of the PostgreSQL child: unpacks and initialises the server when needed, runs it
 * as a child of its own, and takes it along when it ends. It exits with the server's exit code.
 *
 * <p>Arguments: folder of the programs, data folder, port, user, password file.
 */
public final class PostgresHost {

  private static final Duration FAST_STOP = Duration.ofSeconds(8);

  private final Path programs;
  private final Path data;

  private PostgresHost(Path programs, Path data) {
    this.programs = programs;
    this.data = data;
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    PostgresHost host = new PostgresHost(Path.of(args[0]), Path.of(args[1]));
    int port = Integer.parseInt(args[2]);
    host.endLeftover();
    PostgresBinaries.unpackTo(host.programs);
    host.initialise(args[3], Path.of(args[4]));
    System.exit(host.startServer(port).waitFor());
  }

  /** The postmaster of a data folder, as its own pid file tells; -1 when none runs. */
  public static long postmaster(Path data) {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
      return lines.isEmpty() ? -1 : Long.parseLong(lines.get(0).trim());
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
  }

  /** A postmaster whose host was killed goes on alone; two on one folder would be refused. */
  private void endLeftover() throws IOException, InterruptedException {
    long pid = postmaster(data);
    if (pid > 0 && ProcessFigures.runs(pid, data.toString())) {
      // "Immediate": its backends go with it, and recovery from the log is what the server is made
      // for.
      signal("QUIT", pid);
      ProcessHandle.of(pid)
          .ifPresent(
              left -> left.onExit().orTimeout(5, TimeUnit.SECONDS).exceptionally(e -> left).join());
    }
  }

  /** A half-made folder is never left under the final name: no server starts on it. */
  private void initialise(String user, Path passwordFile) throws IOException, InterruptedException {
    if (Files.exists(data.resolve("PG_VERSION"))) {
      return;
    }
    Path half = data.resolveSibling(data.getFileName() + ".part");
    PostgresBinaries.delete(half);
    int code =
        run(List.of(
                programs.resolve("bin/initdb").toString(),
                "--pgdata=" + half,
                "--username=" + user,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
                "--no-instructions"))
            .waitFor();
    if (code != 0) {
      throw new IOException("initdb failed with exit code " + code);
    }
    Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private Process startServer(int port) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(programs.resolve("bin/postgres").toString());
    line.add("-D");
    line.add(data.toString());
    settings(port)
        .forEach(
            setting -> {
              line.add("-c");
              line.add(setting);
            });
    return run(line);
  }

  private static List<String> settings(int port) {
    return List.of(
        "port=" + port,
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "wal_level=logical",
        "fsync=on",
        // A capture that stays away must not fill the disk: its slot is given up instead, and it
        // re-reads.
        "max_slot_wal_keep_size=1GB",
        "max_replication_slots=8",
        "max_wal_senders=8",
        "shared_buffers=64MB",
        // While a vendor does not answer, each refresh of a token holds one: in both subtasks of
        // execute-actions together up to 68, and then the others must still find one free.
        "max_connections=100",
        "timezone=UTC",
        "log_timezone=UTC",
        "logging_collector=off",
        "log_checkpoints=off");
  }

  /**
   * The server refuses to run as root, so root runs it in a user namespace of its own, where it is
   * nobody. What runs is stopped when the leash breaks and when we are asked to stop.
   */
  private static Process run(List<String> command) throws IOException {
    List<String> line = new ArrayList<>();
    if (isRoot()) {
      line.add("unshare");
      line.add("-U");
    }
    line.addAll(command);
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "stop-postgres"));
    return process;
  }

  private static boolean isRoot() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
  }

  private static void stop(Process server) {
    if (!server.isAlive()) {
      return;
    }
    try {
      // SIGINT is the server's "fast" stop: clients are cut off, everything is written.
      signal("INT", server.pid());
      if (!server.waitFor(FAST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        server.destroyForcibly();
      }
    } catch (IOException e) {
      server.destroyForcibly();
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }
}
