package io.voronka.jobs.executeactions.transport;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.Driver;

/**
 * Connections straight from the driver, one per call: a token is looked up once in its life. A
 * driver of the job's own, which loading it has registered with the JVM, is taken out again, or the
 * JVM would hold on to the job's classes for ever. One that the cluster has belongs to all jobs.
 */
final class DirectDatabase implements DataSource {
  private static final int CONNECT_SECONDS = 5;
  // Longer than the store waits for another process to finish its refresh.
  private static final int ANSWER_SECONDS = 90;

  private final String jdbcUrl;
  private final Properties properties = new Properties();

  DirectDatabase(String jdbcUrl, String user, String password) {
    this.jdbcUrl = jdbcUrl;
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
    properties.setProperty("socketTimeout", String.valueOf(ANSWER_SECONDS));
    if (Driver.class.getClassLoader() == DirectDatabase.class.getClassLoader()) {
      unregister();
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = new Driver().connect(jdbcUrl, properties);
    if (connection == null) {
      throw new SQLException("not an address of PostgreSQL");
    }
    return connection;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("one user only");
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return CONNECT_SECONDS;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("no java.util.logging");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  private static synchronized void unregister() {
    try {
      if (Driver.isRegistered()) {
        Driver.deregister();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the driver cannot be taken out of the JVM's list", e);
    }
  }
}
