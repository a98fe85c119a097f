package io.voronka.jobs.kit;

import java.util.Collection;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.Priority;

/**
 * Lets RocksDB compact its files only with processor time that nobody else wants. A compaction has
 * no hurry, but at a usual priority each takes a whole processor from the records, for seconds.
 * Should the files become too many meanwhile, RocksDB itself holds the writers back and so leaves
 * it time. What is written from memory to disk goes at the usual priority: writers wait for it.
 *
 * <p>The threads are those of the process, and so are shared by all the jobs of a TaskManager.
 */
public final class YieldingCompaction implements RocksDBOptionsFactory {
  private static final long serialVersionUID = 1L;

  @Override
  public DBOptions createDBOptions(DBOptions current, Collection<AutoCloseable> toClose) {
    Env.getDefault().lowerThreadPoolCPUPriority(Priority.LOW);
    return current;
  }

  @Override
  public ColumnFamilyOptions createColumnOptions(
      ColumnFamilyOptions current, Collection<AutoCloseable> toClose) {
    return current;
  }
}
