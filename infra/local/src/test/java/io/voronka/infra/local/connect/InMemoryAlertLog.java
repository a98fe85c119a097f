package io.voronka.infra.local.connect;

import io.voronka.schemas.AlertRaised;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The topic of alerts in memory; it can be taken away. Each reader begins at its beginning. */
final class InMemoryAlertLog {
  private final List<AlertRaised> written = new ArrayList<>();
  private boolean away;

  /** From now on reading and writing fail, or work again. */
  void away(boolean isAway) {
    away = isAway;
  }

  List<AlertRaised> written() {
    return List.copyOf(written);
  }

  AlertLog open() {
    return new Reader();
  }

  private final class Reader implements AlertLog {
    private int read;

    @Override
    public void readNew(Consumer<AlertRaised> to) throws AlertLogException {
      refuseWhenAway();
      for (; read < written.size(); read++) {
        to.accept(written.get(read));
      }
    }

    @Override
    public void write(AlertRaised alert) throws AlertLogException {
      refuseWhenAway();
      written.add(alert);
    }

    @Override
    public void close() {}

    private void refuseWhenAway() throws AlertLogException {
      if (away) {
        throw new AlertLogException("the log is away", null);
      }
    }
  }
}
