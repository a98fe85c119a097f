package io.voronka.jobs.executeactions.transport;

import io.voronka.jobs.executeactions.JournalInMemory;

/** The journal that tests of the job go by is like the real one. */
final class JournalInMemoryTest extends SendJournalContract {
  private final JournalInMemory journal = new JournalInMemory();

  @Override
  SendJournal life() {
    return journal.life();
  }
}
