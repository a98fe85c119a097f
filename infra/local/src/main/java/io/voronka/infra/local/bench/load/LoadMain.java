package io.voronka.infra.local.bench.load;

import io.voronka.infra.local.bench.WorkerMain;
import java.io.IOException;

/** Main class of the load process. */
public final class LoadMain {
  private LoadMain() {}

  /** Serves {@link LoadOrder}s until standard input ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    WorkerMain.serve(LoadOrder.class, LoadEngine::run);
  }
}
