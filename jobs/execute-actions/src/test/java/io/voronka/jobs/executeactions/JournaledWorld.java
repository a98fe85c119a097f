package io.voronka.jobs.executeactions;

import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.ActionTransport;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.jobs.executeactions.transport.OutsideWorld;
import io.voronka.jobs.executeactions.transport.SendJournal;
import io.voronka.schemas.ActionRequested;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The outside world beside a journal that each life has for itself: for jobs that do not die. */
record JournaledWorld(OutsideWorld world) implements ActionTransport.Factory {
  @Override
  public ActionTransport open() {
    ActionTransport opened = world.open();
    SendJournal journal = new JournalInMemory().life();
    return new ActionTransport() {
      @Override
      public CompletionStage<SendResult> send(ActionRequested request, Means means) {
        return opened.send(request, means);
      }

      @Override
      public CompletionStage<List<SendResult>> sendTogether(
          List<ActionRequested> requests, Means means) {
        return opened.sendTogether(requests, means);
      }

      @Override
      public CompletionStage<ReadResult> read(ActionRequested request, Means means, long since) {
        return opened.read(request, means, since);
      }

      @Override
      public CompletionStage<List<ReadResult>> readTogether(List<Look> looks, Means means) {
        return opened.readTogether(looks, means);
      }

      @Override
      public SendJournal journal() {
        return journal;
      }

      @Override
      public void close() {
        opened.close();
      }
    };
  }
}
