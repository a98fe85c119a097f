package io.voronka.infra.local.bench.actions;

import io.voronka.infra.local.bench.BenchTenant;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.CallWebhook;
import io.voronka.schemas.EntityType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Of the hosts that webhooks go to, one is dead and one answers after 30 s. */
final class DeadAndSlowHosts implements Experiment {
  private final String tenant;
  private final Receivers receivers;
  private final ActionsBenchSettings settings;
  private long number;

  DeadAndSlowHosts(String tenant, Receivers receivers, ActionsBenchSettings settings) {
    this.tenant = tenant;
    this.receivers = receivers;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "beside-dead-and-slow";
  }

  @Override
  public String control() {
    return "ms, all well";
  }

  @Override
  public List<Due> timetable(boolean trouble) {
    List<Due> all = new ArrayList<>();
    long count = settings.turn().toSeconds() * settings.webhooksPerSecond();
    for (long i = 0; i < count; i++) {
      int host = (int) (i % settings.endpoints());
      String url =
          !trouble || host > 1
              ? receivers.well(host)
              : host == 0 ? receivers.dead() : receivers.slow();
      String body = Long.toString(number++);
      all.add(
          new Due(
              i * 1_000_000 / settings.webhooksPerSecond(),
              Wanted.of(tenant, BenchTenant.ACCOUNT, ActionKind.WEBHOOK)
                  .setSubjectType(EntityType.LEAD)
                  .setSubjectId(body)
                  .setWebhook(new CallWebhook(url, Map.of(), "text/plain", body, null)),
              host > 1));
    }
    return all;
  }

  @Override
  public double millis(Asking.Answered answered) {
    Long arrival = receivers.arrival(answered.due().request().getWebhook().getBody());
    return arrival - answered.dueAt();
  }
}
