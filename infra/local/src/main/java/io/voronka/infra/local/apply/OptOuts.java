package io.voronka.infra.local.apply;

import io.voronka.infra.local.apply.Manifest.OptOutSpec;
import io.voronka.schemas.RecipientKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who does not want to be written to: the control table, and the door to it. */
public final class OptOuts {
  private final Statements statements;

  public OptOuts(Connection connection) {
    this(new Statements(connection));
  }

  OptOuts(Statements statements) {
    this.statements = statements;
  }

  /**
   * One person, by a phone number, a mail address, or as a contact of an account.
   *
   * @throws IllegalArgumentException when not exactly one is given, or it is not what it must be
   */
  public static String recipient(String phone, String mail, String account, String contact) {
    int given = (phone == null ? 0 : 1) + (mail == null ? 0 : 1) + (contact == null ? 0 : 1);
    if (given != 1 || (contact == null) != (account == null)) {
      throw new IllegalArgumentException(
          "give exactly one of a phone number, a mail address, and a contact with its account");
    }
    if (contact != null) {
      return RecipientKeys.contact(account, contact);
    }
    Optional<String> key = phone != null ? RecipientKeys.phone(phone) : RecipientKeys.mail(mail);
    return key.orElseThrow(
        () ->
            new IllegalArgumentException(
                phone != null ? "no phone number: " + phone : "no mail address: " + mail));
  }

  /**
   * @return false when it was so already
   */
  public boolean add(String tenant, String recipient) throws SQLException {
    return 0
        < statements.number(
            "WITH added AS (INSERT INTO opt_outs (tenant_id, recipient) VALUES (?, ?)"
                + " ON CONFLICT DO NOTHING RETURNING 1) SELECT count(*) FROM added",
            tenant,
            recipient);
  }

  /**
   * @return false when it was so already
   */
  public boolean remove(String tenant, String recipient) throws SQLException {
    return 0
        < statements.number(
            "WITH gone AS (DELETE FROM opt_outs WHERE tenant_id = ? AND recipient = ? RETURNING 1)"
                + " SELECT count(*) FROM gone",
            tenant,
            recipient);
  }

  Map<String, OptOutSpec> all() throws SQLException {
    Map<String, OptOutSpec> found = new LinkedHashMap<>();
    statements.query(
        "SELECT tenant_id, recipient FROM opt_outs ORDER BY tenant_id, recipient",
        row -> {
          OptOutSpec spec = new OptOutSpec(row.getString("tenant_id"), row.getString("recipient"));
          found.put(spec.key(), spec);
        });
    return found;
  }
}
