package io.voronka.infra.local.bench.actions;

import io.voronka.infra.local.bench.ControlWriter;
import io.voronka.infra.sandbox.client.AccountSpec;
import io.voronka.infra.sandbox.client.Credentials;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.AddNote;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.EntityType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One CRM account asks for ten times its budget; the others go on asking for little. */
final class AccountFlood implements Experiment {
  private static final long PIPELINE = 7_300_100;
  private static final long STAGE = 64_100_200;
  private static final int LEADS = 20;
  private static final int BUDGET = 7;
  private static final int FLOOD = 10 * BUDGET;
  private static final int OTHERS_PER_SECOND = 2;

  private final String tenant;
  private final SandboxClient sandbox;
  private final long seconds;
  private final List<String> accounts = new ArrayList<>();
  private final List<List<Long>> leads = new ArrayList<>();

  AccountFlood(String tenant, SandboxClient sandbox, ActionsBenchSettings settings) {
    this.tenant = tenant;
    this.sandbox = sandbox;
    this.seconds = settings.turn().toSeconds();
  }

  /** Opens the accounts in the sandbox. */
  List<ControlChange> open(int count, Path folder) throws IOException {
    List<ControlChange> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String account = "bench-%03d".formatted(i);
      Credentials credentials =
          sandbox.openAccount(AccountSpec.of(31_500_000L + i, account)).integrations().get(0);
      Path token = Files.writeString(folder.resolve(account + ".token"), credentials.accessToken());
      rows.add(
          ControlWriter.row(ControlTable.ACCOUNTS)
              .setAccount(
                  AccountRow.newBuilder()
                      .setTenantId(tenant)
                      .setAccountId(account)
                      .setCrm("kommo")
                      .setSubdomain(account)
                      .setVendorAccountId(Long.toString(31_500_000L + i))
                      .setWebhookTokenSha256("0".repeat(64))
                      .setApiBaseUrl(sandbox.kommo(account).apiBase())
                      .setTokenReference("file:" + token)
                      .setRequestsPerSecond(BUDGET)
                      .build())
              .build());
      List<Long> own = new ArrayList<>();
      for (int lead = 0; lead < LEADS; lead++) {
        own.add(sandbox.kommo(account).createLeadSilently("Lead " + lead, PIPELINE, STAGE));
      }
      accounts.add(account);
      leads.add(own);
    }
    return rows;
  }

  @Override
  public String name() {
    return "beside-a-flood";
  }

  @Override
  public String control() {
    return "ms, no flood";
  }

  @Override
  public List<Due> timetable(boolean trouble) {
    List<Due> all = new ArrayList<>();
    long turn = seconds * 1_000_000;
    for (int i = 1; i < accounts.size(); i++) {
      long step = 1_000_000 / OTHERS_PER_SECOND;
      // Not all at the same moment.
      long first = step * i / accounts.size();
      int number = 0;
      for (long at = first; at < turn; at += step) {
        all.add(new Due(at, note(i, number++), true));
      }
    }
    for (int i = 0; trouble && i < FLOOD * seconds; i++) {
      all.add(new Due(i * 1_000_000L / FLOOD, note(0, i), false));
    }
    return all;
  }

  @Override
  public double millis(Asking.Answered answered) {
    return answered.completed().getCompletedAt() - answered.dueAt();
  }

  /** Requests that the vendor refused for being too many, in all accounts. */
  long refused() {
    return accounts.stream()
        .mapToLong(account -> sandbox.kommo(account).show().path("calls").path("429").asLong(0))
        .sum();
  }

  private ActionRequested.Builder note(int account, int number) {
    return Wanted.of(tenant, accounts.get(account), ActionKind.ADD_NOTE)
        .setSubjectType(EntityType.LEAD)
        .setSubjectId(Long.toString(leads.get(account).get(number % LEADS)))
        .setAddNote(new AddNote("Note " + number));
  }
}
