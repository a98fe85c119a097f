package io.voronka.jobs.executeactions.transport;

import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import java.util.concurrent.CompletionStage;

/** Every kind of action by its way. */
final class RoutedTransport implements ActionTransport {
  private final ActionTransport crm;
  private final ActionTransport webhooks;

  RoutedTransport(ActionTransport crm, ActionTransport webhooks) {
    this.crm = crm;
    this.webhooks = webhooks;
  }

  @Override
  public CompletionStage<SendResult> send(ActionRequested request, AccountRow account) {
    return way(request).send(request, account);
  }

  @Override
  public CompletionStage<ReadResult> read(ActionRequested request, AccountRow account, long since) {
    return way(request).read(request, account, since);
  }

  @Override
  public void close() {
    try {
      crm.close();
    } finally {
      webhooks.close();
    }
  }

  private ActionTransport way(ActionRequested request) {
    return request.getKind() == ActionKind.WEBHOOK ? webhooks : crm;
  }
}
