package io.voronka.infra.local.imports;

import io.voronka.connectors.crm.FieldDefinition;
import io.voronka.connectors.crm.Pipeline;
import io.voronka.connectors.crm.User;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the control tables up to what an account's catalogue says: only what changed is written,
 * in one transaction, so that readers of the control topics see no row twice and no half of it.
 */
final class CatalogueRefresh {
  private final Connection connection;

  CatalogueRefresh(Connection connection) {
    this.connection = connection;
  }

  /** One text per difference, none when all was known. */
  List<String> write(ImportedAccount account, Catalogue catalogue) throws SQLException {
    boolean before = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      List<String> texts = writeAll(account, catalogue);
      connection.commit();
      return texts;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(before);
    }
  }

  private List<String> writeAll(ImportedAccount account, Catalogue catalogue) throws SQLException {
    CatalogueTables tables =
        new CatalogueTables(connection, account.crm().tenantId(), account.crm().accountId());
    CatalogueDifference<Pipeline> pipelines =
        CatalogueDifference.ofPipelines(tables.pipelines(), catalogue.pipelines());
    CatalogueDifference<FieldDefinition> fields =
        CatalogueDifference.ofFields(tables.fields(), catalogue.fields());
    CatalogueDifference<User> users =
        CatalogueDifference.ofUsers(tables.users(), catalogue.users());
    for (Pipeline pipeline : pipelines.written()) {
      tables.put(pipeline);
    }
    for (Pipeline pipeline : pipelines.gone()) {
      tables.remove(pipeline);
    }
    for (FieldDefinition field : fields.written()) {
      tables.put(field);
    }
    for (FieldDefinition field : fields.gone()) {
      tables.remove(field);
    }
    for (User user : users.written()) {
      tables.put(user);
    }
    for (User user : users.gone()) {
      tables.remove(user);
    }
    List<String> texts = new ArrayList<>(pipelines.texts());
    texts.addAll(fields.texts());
    texts.addAll(users.texts());
    return texts;
  }
}
