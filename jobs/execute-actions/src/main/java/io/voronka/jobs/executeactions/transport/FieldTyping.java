package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.FieldChange;
import io.voronka.connectors.crm.FieldChange.Target;
import io.voronka.connectors.crm.FieldChange.Value;
import io.voronka.jobs.executeactions.transport.FieldTypes.Name;
import io.voronka.schemas.EntityType;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Makes flags and moments of texts: an action carries texts only, and the vendor refuses a text for
 * a checkbox or a date. The types are asked for only when a text could be one of the two.
 */
final class FieldTyping {
  /** Standard fields that hold moments. */
  private static final Set<String> MOMENTS = Set.of("created_at", "updated_at", "closed_at");

  private final FieldTypes types;

  FieldTyping(FieldTypes types) {
    this.types = types;
  }

  /** True for a standard field that holds a moment. */
  static boolean holdsMoment(String standardField) {
    return MOMENTS.contains(standardField);
  }

  /**
   * What makes each of these writes one that the vendor takes. Of a field that is not known, and of
   * a text that does not fit its field, the text stays: the vendor says what is wrong with it.
   *
   * @param zone the tenant's
   */
  CompletableFuture<CrmReply<UnaryOperator<FieldChange>>> of(
      CrmAccount account, EntityType entity, Collection<FieldChange> changes, ZoneId zone) {
    Set<Name> doubtful =
        changes.stream()
            .filter(FieldTyping::mayBeNoText)
            .map(change -> new Name(change.target(), change.name()))
            .collect(Collectors.toSet());
    return doubtful.isEmpty()
        ? CompletableFuture.completedFuture(CrmReply.of(change -> typed(change, Map.of(), zone)))
        : types
            .of(account, entity, doubtful)
            .thenApply(
                reply ->
                    reply.isOk()
                        ? CrmReply.of(change -> typed(change, reply.value(), zone))
                        : CrmReply.failed(reply.failure()));
  }

  private static boolean mayBeNoText(FieldChange change) {
    return change.target() != Target.STANDARD
        && change.values().stream()
            .map(Value::value)
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .anyMatch(
                text ->
                    FieldText.flag(text).isPresent()
                        || FieldText.seconds(text, ZoneOffset.UTC).isPresent());
  }

  private static FieldChange typed(FieldChange change, Map<Name, String> types, ZoneId zone) {
    String type =
        change.target() == Target.STANDARD
            ? holdsMoment(change.name()) ? "date_time" : "text"
            : types.getOrDefault(new Name(change.target(), change.name()), "text");
    return new FieldChange(
        change.target(),
        change.name(),
        change.values().stream()
            .map(
                value ->
                    value.value() instanceof String text
                        ? new Value(typed(text, type, zone), value.enumId(), value.enumCode())
                        : value)
            .toList());
  }

  private static Object typed(String text, String type, ZoneId zone) {
    Optional<?> meant =
        switch (type) {
          case "checkbox" -> FieldText.flag(text);
          case "date", "date_time", "birthday" -> FieldText.seconds(text, zone);
          default -> Optional.empty();
        };
    return meant.isPresent() ? meant.get() : text;
  }
}
