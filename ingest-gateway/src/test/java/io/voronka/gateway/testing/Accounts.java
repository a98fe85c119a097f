package io.voronka.gateway.testing;

import io.voronka.gateway.accept.KnownAccount;
import io.voronka.gateway.accept.TokenHash;
import io.voronka.gateway.accounts.AccountDirectory;
import io.voronka.gateway.accounts.AccountTable;
import java.util.HashMap;
import java.util.Map;

/** Accounts that a test decides about. */
public final class Accounts implements AccountDirectory {
  public static final KnownAccount ACME =
      new KnownAccount("acme", "acme-kommo", "kommo", "acme", "31337001", true, true);

  private volatile AccountTable table = AccountTable.EMPTY;

  /** The control rows are all here: one account, of this token. */
  public static Accounts complete(String token, KnownAccount account) {
    Accounts accounts = new Accounts();
    accounts.load(AccountTable.Origin.CONTROL_TOPICS, Map.of(token, account));
    return accounts;
  }

  /** From now on these are the accounts, by token. */
  public void load(AccountTable.Origin origin, Map<String, KnownAccount> byToken) {
    TokenHash hash = new TokenHash();
    Map<String, KnownAccount> byHash = new HashMap<>();
    byToken.forEach((token, account) -> byHash.put(hash.of(token), account));
    table = new AccountTable(byHash, origin);
  }

  @Override
  public AccountTable current() {
    return table;
  }
}
