package io.voronka.infra.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.testing.PostgresDatabase;
import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.local.ControlDatabases;
import io.voronka.infra.local.imports.ImportException.Reason;
import io.voronka.schemas.CrmEvent;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reading a list that changes while it is read; only the table of progress is real. */
final class CardImportIT {
  private static final ImportedAccount ACCOUNT =
      new ImportedAccount(
          new CrmAccount("acme", "main", URI.create("http://kommo.test"), "store"), 7);

  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.shared();

  private final ManualTime time = new ManualTime();
  private final MovingList crm = new MovingList(4);
  private final List<CrmEvent> events = new ArrayList<>();
  private final RecordingListener listener = new RecordingListener();
  private Connection connection;
  private ProgressTable table;

  @BeforeEach
  void open() throws SQLException {
    PostgresDatabase database = ControlDatabases.newOn(POSTGRES);
    database.execute(ImportWorld.account("http://kommo.test", "store"));
    connection = database.connect();
    table = new ProgressTable(connection, ACCOUNT);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void everyCardIsPublishedOnceInTheOrderOfItsLastChange() throws SQLException {
    for (int i = 1; i <= 11; i++) {
      crm.put(i, 100 + i);
    }

    ImportProgress progress = run();

    assertThat(events)
        .extracting(CrmEvent::getEntityId)
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
    assertThat(progress.published()).isEqualTo(11);
    assertThat(progress.finished()).isTrue();
    assertThat(table.of(ImportedKind.LEADS)).isEqualTo(progress);
  }

  @Test
  void nothingThereIsTheEnd() throws SQLException {
    ImportProgress progress = run();

    assertThat(progress).isEqualTo(ImportProgress.NOTHING.done());
    assertThat(events).isEmpty();
  }

  @Test
  void whatChangesWhileItIsReadIsReadAgainAndNothingIsMissed() throws SQLException {
    for (int i = 1; i <= 12; i++) {
      crm.put(i, 100 + i);
    }
    // After the first page four others move to the end: page numbers would jump over four.
    crm.afterRequest(
        1,
        () -> {
          for (int i = 1; i <= 4; i++) {
            crm.put(i, 200 + i);
          }
        });

    run();

    assertThat(events)
        .extracting(CrmEvent::getEntityId)
        .containsExactly(
            "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "1", "2", "3", "4");
    assertThat(events).extracting(CrmEvent::getId).doesNotHaveDuplicates();
  }

  @Test
  void aSecondWithMoreCardsThanAPageIsReadUntilARoundShowsNothingNew() throws SQLException {
    for (int i = 1; i <= 10; i++) {
      crm.put(i, 100);
    }
    crm.put(11, 101);
    // Between its pages two leave the second, so that two others move up to a page already read.
    crm.afterRequest(
        1,
        () -> {
          crm.put(1, 300);
          crm.put(2, 300);
        });

    run();

    assertThat(events)
        .extracting(CrmEvent::getEntityId)
        .contains("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
    assertThat(events).extracting(CrmEvent::getId).doesNotHaveDuplicates();
  }

  @Test
  void aRunThatWasCutShortGoesOnAtItsBorder() throws SQLException {
    for (int i = 1; i <= 12; i++) {
      crm.put(i, 100 + i);
    }
    crm.failAt(3);

    ImportException cut = catchThrowableOfType(ImportException.class, this::run);
    ImportProgress kept = table.of(ImportedKind.LEADS);
    run();

    assertThat(cut.reason()).isEqualTo(Reason.ACCESS_REFUSED);
    assertThat(kept.finished()).isFalse();
    assertThat(kept.updatedFrom().getEpochSecond()).isEqualTo(107);
    assertThat(kept.beganFrom().getEpochSecond()).isEqualTo(101);
    assertThat(crm.askedFrom()).containsExactly(0L, 104L, 107L, 107L, 110L);
    assertThat(events.stream().map(CrmEvent::getEntityId).distinct()).hasSize(12);
    assertThat(events).as("one on the border again").hasSize(13);
    assertThat(events.stream().map(CrmEvent::getId).distinct()).hasSize(12);
  }

  @Test
  void aLaterRunLooksOnlyForWhatChangedSince() throws SQLException {
    for (int i = 1; i <= 12; i++) {
      crm.put(i, 100 + i);
    }
    run();
    events.clear();
    crm.put(3, 500);

    run();

    assertThat(events).extracting(CrmEvent::getEntityId).containsExactly("12", "3");
  }

  @Test
  void aChangeThatIsDatedAheadHidesNoneOfThoseThatFollow() throws SQLException {
    long now = ManualTime.START.getEpochSecond();
    crm.put(1, now - 100);
    crm.put(2, now + 1_000_000);
    ImportProgress first = run();
    events.clear();
    crm.put(3, now + 60);

    run();

    assertThat(first.updatedFrom()).isBeforeOrEqualTo(ManualTime.START);
    assertThat(events).extracting(CrmEvent::getEntityId).contains("3");
  }

  @Test
  void aRunThatWasCutShortAmongChangesDatedAheadMissesNothing() throws SQLException {
    long now = ManualTime.START.getEpochSecond();
    for (int i = 1; i <= 12; i++) {
      crm.put(i, now + 1_000_000 + i);
    }
    crm.failAt(3);
    ImportException cut = catchThrowableOfType(ImportException.class, this::run);
    crm.put(13, now + 60);

    run();

    assertThat(cut.reason()).isEqualTo(Reason.ACCESS_REFUSED);
    assertThat(events).extracting(CrmEvent::getEntityId).contains("13", "12");
    assertThat(events.stream().map(CrmEvent::getId).distinct()).hasSize(13);
  }

  @Test
  void nothingHappenedLaterThanItWasRead() throws SQLException {
    crm.put(1, ManualTime.START.getEpochSecond() + 1_000_000);

    run();

    assertThat(events)
        .singleElement()
        .satisfies(
            event -> assertThat(event.getOccurredAt()).isLessThanOrEqualTo(event.getReceivedAt()));
  }

  @Test
  void aListInAnotherOrderIsNotBelieved() throws SQLException {
    for (int i = 1; i <= 6; i++) {
      crm.put(i, 100 - i);
    }
    crm.unordered();

    ImportException refused = catchThrowableOfType(ImportException.class, this::run);

    assertThat(refused.reason()).isEqualTo(Reason.ANSWER_NOT_BELIEVED);
    assertThat(refused).hasMessageContaining("do not come in the order");
    assertThat(events).isEmpty();
    assertThat(table.of(ImportedKind.LEADS)).isEqualTo(ImportProgress.NOTHING);
  }

  @Test
  void nothingIsSavedBeforeKafkaHasIt() throws SQLException {
    crm.put(1, 100);

    ImportException refused =
        catchThrowableOfType(
            ImportException.class,
            () ->
                cards(
                        published -> {
                          throw new ImportException(Reason.KAFKA_UNAVAILABLE, "down");
                        })
                    .run(ACCOUNT, ImportedKind.LEADS, table));

    assertThat(refused.reason()).isEqualTo(Reason.KAFKA_UNAVAILABLE);
    assertThat(table.of(ImportedKind.LEADS)).isEqualTo(ImportProgress.NOTHING);
  }

  @Test
  void whatCannotBeReadIsCountedAndTold() throws SQLException {
    crm.put(1, 100);
    crm.unreadable(2);

    assertThat(run().skipped()).isEqualTo(2);
    assertThat(listener.finished).singleElement().extracting(ImportProgress::skipped).isEqualTo(2L);
  }

  private ImportProgress run() throws SQLException {
    return cards(events::addAll).run(ACCOUNT, ImportedKind.LEADS, table);
  }

  private CardImport cards(EventSink sink) {
    PatientReads reads = new PatientReads(Pacer.perSecond(2), time, time, listener::note);
    return new CardImport(crm, reads, sink, time, listener);
  }
}
