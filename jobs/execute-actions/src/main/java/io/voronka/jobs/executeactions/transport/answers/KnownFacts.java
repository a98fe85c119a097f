package io.voronka.jobs.executeactions.transport.answers;

import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.rules.domain.subject.Facts;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.rules.domain.subject.Surroundings;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.Subject;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/** What was known when the rule fired, for the texts of scripts. The event itself is not in it. */
final class KnownFacts {
  private KnownFacts() {}

  static SubjectView of(ActionRequested request, Means means) {
    Subject subject =
        new Subject(
            request.getTenantId(),
            request.getAccountId(),
            request.getSubjectType(),
            request.getSubjectId());
    String agent = means.agent().getAgentId();
    SubjectView view =
        SubjectView.at(
            subject,
            Facts.state(request.getAiResponse().getSubject(), request.getAiResponse().getContact()),
            request.getFiredAt(),
            new Surroundings(
                new Surroundings.Tenant(
                    means.tenant().getName(),
                    ZoneId.of(means.tenant().getTimeZone()),
                    Locale.forLanguageTag(means.tenant().getLocale())),
                means.account().getSubdomain(),
                Map.of(agent, means.agent().getName()),
                Map.of(),
                Map.of()));
    view.begin(agent);
    return view;
  }
}
