package io.voronka.infra.local.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.crm.Card;
import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmInventory;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.FieldDefinition;
import io.voronka.connectors.crm.Page;
import io.voronka.connectors.crm.Pipeline;
import io.voronka.connectors.crm.User;
import io.voronka.schemas.EntityType;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reading lists of which people take items while they are read. */
final class CatalogueReadingTest {
  private static final ImportedAccount ACCOUNT =
      new ImportedAccount(
          new CrmAccount("acme", "main", URI.create("http://kommo.test"), "store"), 7);

  private final ManualTime time = new ManualTime();

  @Test
  void aFieldIsNotMissedBecauseAnotherWasRemovedBetweenTwoPages() {
    Shrinking crm = new Shrinking(7, 1);

    Catalogue catalogue = read(crm);

    assertThat(catalogue.fields().items())
        .extracting(FieldDefinition::id)
        .containsExactly("2", "3", "4", "5", "6", "7");
    assertThat(catalogue.fields().unreadable()).isZero();
  }

  @Test
  void nothingIsTakenForGoneWhileTheListGoesOnChanging() {
    Shrinking crm = new Shrinking(40, Integer.MAX_VALUE);

    Catalogue catalogue = read(crm);

    assertThat(catalogue.fields().unreadable()).isPositive();
  }

  @Test
  void aListOfOnePageIsReadOnce() {
    Shrinking crm = new Shrinking(3, 0);

    read(crm);

    assertThat(crm.requests).as("one per kind of entity").isEqualTo(3);
  }

  private Catalogue read(CrmInventory crm) {
    PatientReads reads = new PatientReads(Pacer.perSecond(2), time, time, note -> {});
    return new CatalogueReading(crm, reads).read(ACCOUNT);
  }

  /** Leads have fields in pages of three, and the first goes after each of so many requests. */
  private static final class Shrinking implements CrmInventory {
    private static final int PAGE = 3;

    private final List<FieldDefinition> fields = new ArrayList<>();
    private int removals;
    private int requests;

    Shrinking(int fields, int removals) {
      this.removals = removals;
      IntStream.rangeClosed(1, fields)
          .mapToObj(
              id ->
                  new FieldDefinition(
                      EntityType.LEAD, String.valueOf(id), null, "F" + id, "text", List.of()))
          .forEach(this.fields::add);
    }

    @Override
    public CompletableFuture<CrmReply<Page<FieldDefinition>>> readFields(
        CrmAccount account, EntityType entity, int page) {
      requests++;
      List<FieldDefinition> all = entity == EntityType.LEAD ? fields : List.of();
      int from = Math.min(all.size(), (page - 1) * PAGE);
      int to = Math.min(all.size(), from + PAGE);
      Page<FieldDefinition> answer = new Page<>(all.subList(from, to), 0, to < all.size());
      if (entity == EntityType.LEAD && removals > 0) {
        removals--;
        fields.remove(0);
      }
      return CompletableFuture.completedFuture(CrmReply.of(answer));
    }

    @Override
    public CompletableFuture<CrmReply<Page<Pipeline>>> readPipelines(CrmAccount account) {
      return CompletableFuture.completedFuture(
          CrmReply.of(
              new Page<>(
                  List.of(new Pipeline("1", "Sales", 1, true, false, List.of())), 0, false)));
    }

    @Override
    public CompletableFuture<CrmReply<Page<User>>> readUsers(CrmAccount account, int page) {
      return CompletableFuture.completedFuture(
          CrmReply.of(new Page<>(List.of(new User("1", "Anna", null, true, true)), 0, false)));
    }

    @Override
    public CompletableFuture<CrmReply<Page<Card>>> readCards(
        CrmAccount account, EntityType type, Instant updatedFrom, int page) {
      throw new UnsupportedOperationException("the catalogue alone");
    }
  }
}
