package io.voronka.infra.local.command;

import io.voronka.infra.local.apply.OptOuts;
import io.voronka.infra.local.effects.HeardOptOutBook;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Notes that somebody does not want to be written to. */
@Command(
    name = "opt-out",
    mixinStandardHelpOptions = true,
    description =
        "Notes that a client does not want to be written to: messages, mails, salesbot runs and"
            + " agents' answers to them are refused from then on, those that wait too. 'voronka get"
            + " opt-outs' lists them, and 'voronka get heard-opt-outs' who has said so itself, by a"
            + " word or by a mail's link; --undo takes both back.")
public final class OptOutCommand implements Callable<Integer> {
  /** PostgreSQL's code for a row that refers to none. */
  private static final String NO_SUCH_TENANT = "23503";

  @Option(names = "--tenant", required = true, paramLabel = "ID")
  private String tenant;

  @Option(names = "--phone", paramLabel = "NUMBER")
  private String phone;

  @Option(names = "--mail", paramLabel = "ADDRESS")
  private String mail;

  @Option(names = "--contact", paramLabel = "ID", description = "Its id in the CRM, with:")
  private String contact;

  @Option(names = "--account", paramLabel = "ID", description = "The contact's CRM account.")
  private String account;

  @Option(
      names = "--recipient",
      paramLabel = "KEY",
      description = "With --undo: one that 'voronka get heard-opt-outs' prints, as it prints it.")
  private String heard;

  @Option(names = "--undo", description = "They want to be written to again.")
  private boolean undo;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description =
          "With --undo: bootstrap servers of the cell; those of the local stack unless given.")
  private String kafka;

  @Mixin private DatabaseOptions database;

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    try (Connection connection = database.connect()) {
      String recipient =
          undo && heard != null ? heard : OptOuts.recipient(phone, mail, account, contact);
      OptOuts optOuts = new OptOuts(connection);
      boolean changed = undo ? undo(optOuts, recipient) : optOuts.add(tenant, recipient);
      String state = undo ? "may be written to" : "is not written to";
      System.out.println(recipient + (changed ? " " : ": was so already, ") + state);
      System.out.flush();
      return ExitCodes.OK;
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return ExitCodes.FAILED;
    } catch (SQLException e) {
      if (NO_SUCH_TENANT.equals(e.getSQLState())) {
        System.err.println("there is no tenant " + tenant);
        return ExitCodes.FAILED;
      }
      throw e;
    }
  }

  /** What people have noted, and what the client has said itself. */
  private boolean undo(OptOuts optOuts, String recipient)
      throws SQLException, InterruptedException {
    HeardOptOutBook book = new HeardOptOutBook(database.kafka(kafka), Clock.systemUTC());
    boolean noted = optOuts.remove(tenant, recipient);
    return book.undo(tenant, recipient) || noted;
  }
}
