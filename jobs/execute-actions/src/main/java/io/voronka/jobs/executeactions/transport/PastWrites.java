package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmClient;
import io.voronka.connectors.crm.Lead;
import io.voronka.connectors.crm.PastWrite;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.transport.ActionTransport.Look;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.FieldWrite;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Whether a field that has another value now had the wanted one: writing that again would undo what
 * somebody has put there since.
 */
final class PastWrites {
  /** Of more kinds of events at once the vendor need not tell. */
  private static final int MOST_FIELDS = 10;

  private final CrmClient client;

  PastWrites(CrmClient client) {
    this.client = client;
  }

  /**
   * The results with what the account's book of events adds. It is asked once, and only when a lead
   * has changed since its action may have written to it; what it does not tell stays as it was.
   *
   * @param results of comparing the leads, for each look one
   * @param leads those that are there, in any order
   * @param author id of our user in the account, null when it is not known
   * @param zone the tenant's
   */
  CompletionStage<List<ReadResult>> added(
      List<Look> looks,
      List<ReadResult> results,
      List<Lead> leads,
      CrmAccount account,
      String author,
      ZoneId zone) {
    Map<Integer, Map<String, String>> open = new LinkedHashMap<>();
    for (int i = 0; i < looks.size(); i++) {
      int at = i;
      if (looks.get(i).request().getKind() == ActionKind.UPDATE_FIELD
          && results.get(i).kind() == ReadResult.Kind.ABSENT
          && PastMoves.changedSince(looks.get(i), leads)) {
        wanted(looks.get(i), leads, zone).ifPresent(fields -> open.put(at, fields));
      }
    }
    TreeSet<String> fields =
        open.values().stream()
            .flatMap(wanted -> wanted.keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    if (open.isEmpty() || fields.size() > MOST_FIELDS) {
      return CompletableFuture.completedFuture(results);
    }
    OpenLooks asked = new OpenLooks(looks, results, open.keySet());
    return client
        .readWrites(account, asked.leadIds(), fields, author, asked.since())
        .thenApply(
            reply ->
                asked.with(
                    reply,
                    i -> writes -> allWritten(looks.get(i), open.get(i), writes, author, zone)));
  }

  /**
   * The fields that are not as wanted, and what was wanted; empty when the book could not tell of
   * one of them: it has one text for each.
   */
  private static Optional<Map<String, String>> wanted(Look look, List<Lead> leads, ZoneId zone) {
    Lead lead =
        leads.stream()
            .filter(one -> look.request().getSubjectId().equals(one.id()))
            .findFirst()
            .orElseThrow();
    Map<String, String> wanted = new LinkedHashMap<>();
    for (FieldWrite write : look.request().getUpdateField().getWrites()) {
      if (FieldComparison.holds(lead, List.of(write), zone)) {
        continue;
      }
      String field = field(write, lead);
      String value = write.getValues().size() == 1 ? write.getValues().get(0).getValue() : null;
      if (field == null || value == null) {
        return Optional.empty();
      }
      wanted.put(field, value);
    }
    return Optional.of(wanted);
  }

  /** Null: of a field that is said by its code and is empty now, the id is not known. */
  private static String field(FieldWrite write, Lead lead) {
    if (write.getField() != null) {
      return write.getField();
    }
    return write.getFieldId() != null
        ? write.getFieldId()
        : lead.customFields().stream()
            .filter(field -> write.getFieldCode().equals(field.getCode()))
            .map(CustomField::getId)
            .findFirst()
            .orElse(null);
  }

  private static boolean allWritten(
      Look look, Map<String, String> wanted, List<PastWrite> writes, String author, ZoneId zone) {
    return !wanted.isEmpty()
        && wanted.entrySet().stream()
            .allMatch(
                field ->
                    writes.stream()
                        .anyMatch(
                            write ->
                                look.request().getSubjectId().equals(write.leadId())
                                    && field.getKey().equals(write.field())
                                    && FieldComparison.means(field.getValue(), write.value(), zone)
                                    && Trace.isBy(author, write.by())
                                    && Trace.notBefore(write.at(), look.since())));
  }
}
