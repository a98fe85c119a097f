package io.voronka.infra.local.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.infra.local.apply.Manifest.MailSenderSpec;
import io.voronka.infra.local.apply.Manifest.SigningKeySpec;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The control tables that say how a tenant's actions leave the house. */
final class OutboundTables {
  private final Statements statements;
  private final ObjectMapper json;

  OutboundTables(Statements statements, ObjectMapper json) {
    this.statements = statements;
    this.json = json;
  }

  Map<String, SigningKeySpec> signingKeys() throws SQLException {
    Map<String, SigningKeySpec> found = new LinkedHashMap<>();
    statements.query(
        "SELECT * FROM signing_keys ORDER BY tenant_id, key_id",
        row -> {
          SigningKeySpec key =
              new SigningKeySpec(
                  row.getString("tenant_id"),
                  row.getString("key_id"),
                  texts(json, row.getString("secret_references")));
          found.put(key.key(), key);
        });
    return found;
  }

  void write(SigningKeySpec key) throws SQLException {
    statements.update(
        "INSERT INTO signing_keys (tenant_id, key_id, secret_references) VALUES (?, ?, ?::jsonb)"
            + " ON CONFLICT (tenant_id, key_id) DO UPDATE SET secret_references = EXCLUDED.secret_references",
        key.tenant(),
        key.id(),
        json.valueToTree(key.secrets()).toString());
  }

  Map<String, MailSenderSpec> mailSenders() throws SQLException {
    Map<String, MailSenderSpec> found = new LinkedHashMap<>();
    statements.query(
        "SELECT * FROM mail_senders ORDER BY tenant_id, sender_id",
        row -> {
          MailSenderSpec sender =
              new MailSenderSpec(
                  row.getString("tenant_id"),
                  row.getString("sender_id"),
                  row.getString("host"),
                  row.getInt("port"),
                  row.getString("security"),
                  Optional.ofNullable(row.getString("user_name")),
                  Optional.ofNullable(row.getString("password_reference")),
                  row.getString("from_address"),
                  Optional.ofNullable(row.getString("from_name")),
                  Optional.ofNullable(row.getString("reply_to")),
                  Optional.ofNullable(row.getString("unsubscribe_url")),
                  Optional.ofNullable(row.getString("unsubscribe_address")),
                  row.getInt("messages_per_second"));
          found.put(sender.key(), sender);
        });
    return found;
  }

  void write(MailSenderSpec sender) throws SQLException {
    statements.update(
        "INSERT INTO mail_senders (tenant_id, sender_id, host, port, security, user_name, password_reference,"
            + " from_address, from_name, reply_to, unsubscribe_url, unsubscribe_address, messages_per_second)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (tenant_id, sender_id) DO UPDATE SET host = EXCLUDED.host, port = EXCLUDED.port,"
            + " security = EXCLUDED.security, user_name = EXCLUDED.user_name,"
            + " password_reference = EXCLUDED.password_reference, from_address = EXCLUDED.from_address,"
            + " from_name = EXCLUDED.from_name, reply_to = EXCLUDED.reply_to,"
            + " unsubscribe_url = EXCLUDED.unsubscribe_url, unsubscribe_address = EXCLUDED.unsubscribe_address,"
            + " messages_per_second = EXCLUDED.messages_per_second",
        sender.tenant(),
        sender.id(),
        sender.host(),
        sender.port(),
        sender.security(),
        sender.user().orElse(null),
        sender.password().orElse(null),
        sender.from(),
        sender.fromName().orElse(null),
        sender.replyTo().orElse(null),
        sender.unsubscribeUrl().orElse(null),
        sender.unsubscribeAddress().orElse(null),
        sender.messagesPerSecond());
  }

  static List<String> texts(ObjectMapper json, String list) throws SQLException {
    try {
      return json.readValue(list, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw new SQLException("a list of texts is none", e);
    }
  }
}
