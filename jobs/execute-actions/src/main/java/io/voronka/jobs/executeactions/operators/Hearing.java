package io.voronka.jobs.executeactions.operators;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.executeactions.domain.OptOutWords;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.HeardOptOuts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/**
 * Hears in what clients write that they want no more messages. What comes before the tenant's words
 * are known is kept, under the account's key, until they are.
 */
final class Hearing {
  static final ListStateDescriptor<CrmEvent> UNJUDGED =
      new ListStateDescriptor<>("unjudged-messages", new AvroTypeInfo<>(CrmEvent.class));

  private final ControlCopy controls;
  private final ListState<CrmEvent> unjudged;

  Hearing(ControlCopy controls, KeyedStateStore states) {
    this.controls = controls;
    this.unjudged = states.getListState(UNJUDGED);
  }

  /**
   * Of the current key.
   *
   * @return what is to be told to all others; here it is known already
   */
  List<ControlChange> hear(CrmEvent message) throws Exception {
    if (!controls.ready()) {
      unjudged.add(message);
      return List.of();
    }
    boolean says =
        controls
            .tenant(message.getTenantId())
            .filter(tenant -> OptOutWords.says(tenant, message))
            .isPresent();
    return says
        ? OptOutWords.recipients(message).stream()
            .flatMap(recipient -> note(message, recipient).stream())
            .toList()
        : List.of();
  }

  private Optional<ControlChange> note(CrmEvent message, String recipient) {
    long saidAt =
        message.getOccurredAt() == null ? message.getReceivedAt() : message.getOccurredAt();
    if (!controls.heardAnew(message.getTenantId(), recipient, saidAt)) {
      return Optional.empty();
    }
    ControlChange heard =
        HeardOptOuts.said(
            message.getTenantId(), recipient, HeardOptOuts.WORD, saidAt, message.getId());
    String key = ControlKeys.of(heard);
    controls.apply(new ControlUpdate(ControlTable.HEARD_OPT_OUTS, key, heard));
    return Optional.of(heard);
  }

  /** Of the current key, now that the control rows are here. */
  List<ControlChange> hearKept() throws Exception {
    List<ControlChange> heard = new ArrayList<>();
    List<CrmEvent> kept = new ArrayList<>();
    unjudged.get().forEach(kept::add);
    unjudged.clear();
    for (CrmEvent message : kept) {
      heard.addAll(hear(message));
    }
    return heard;
  }
}
