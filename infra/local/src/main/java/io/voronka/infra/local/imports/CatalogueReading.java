package io.voronka.infra.local.imports;

import io.voronka.connectors.crm.CrmInventory;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.FieldDefinition;
import io.voronka.connectors.crm.Page;
import io.voronka.connectors.crm.Pipeline;
import io.voronka.connectors.crm.User;
import io.voronka.infra.local.imports.Catalogue.Part;
import io.voronka.infra.local.imports.ImportException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** Reads the catalogue of an account: at least five requests, one per list of up to a page. */
final class CatalogueReading {
  private static final int MOST_ROUNDS = 5;

  private final CrmInventory crm;
  private final PatientReads reads;

  CatalogueReading(CrmInventory crm, PatientReads reads) {
    this.crm = crm;
    this.reads = reads;
  }

  /**
   * The whole, or nothing.
   *
   * @throws ImportException also when the account shows no pipeline or no user: every account has
   *     both, and an empty answer would delete what we know
   */
  Catalogue read(ImportedAccount account) {
    Part<Pipeline> pipelines =
        all("pipelines of " + account.key(), page -> crm.readPipelines(account.crm()));
    List<FieldDefinition> fields = new ArrayList<>();
    int unreadable = 0;
    for (ImportedKind kind : ImportedKind.values()) {
      Part<FieldDefinition> part =
          all(
              "fields of " + kind + " of " + account.key(),
              page -> crm.readFields(account.crm(), kind.type(), page));
      fields.addAll(part.items());
      unreadable += part.unreadable();
    }
    Part<User> users = all("users of " + account.key(), page -> crm.readUsers(account.crm(), page));
    believe(account, "pipelines", pipelines);
    believe(account, "users", users);
    return new Catalogue(pipelines, new Part<>(fields, unreadable), users);
  }

  /**
   * Several pages are read again until two rounds agree: when somebody removes an item in between,
   * another moves up to a page already read, and would be taken for gone.
   */
  private <T> Part<T> all(String what, IntFunction<CompletableFuture<CrmReply<Page<T>>>> request) {
    Round<T> read = round(what, request);
    for (int rounds = 1; read.pages() > 1; rounds++) {
      Round<T> again = round(what, request);
      if (Set.copyOf(again.items()).equals(Set.copyOf(read.items()))) {
        break;
      }
      if (rounds == MOST_ROUNDS) {
        // One may have been missed.
        return new Part<>(again.items(), again.unreadable() + 1);
      }
      read = again;
    }
    return new Part<>(read.items(), read.unreadable());
  }

  private record Round<T>(List<T> items, int unreadable, int pages) {}

  private <T> Round<T> round(
      String what, IntFunction<CompletableFuture<CrmReply<Page<T>>>> request) {
    List<T> items = new ArrayList<>();
    int unreadable = 0;
    int page = 0;
    boolean more = true;
    while (more) {
      page++;
      int number = page;
      Page<T> got = reads.read(what, () -> request.apply(number));
      items.addAll(got.items());
      unreadable += got.unreadable();
      more = got.more();
    }
    return new Round<>(items, unreadable, page);
  }

  private static void believe(ImportedAccount account, String what, Part<?> part) {
    if (part.items().isEmpty()) {
      throw new ImportException(
          Reason.ANSWER_NOT_BELIEVED,
          "%s shows no %s that can be read; its catalogue stays as it is"
              .formatted(account.key(), what));
    }
  }
}
