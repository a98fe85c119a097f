package io.voronka.jobs.executeactions.transport.answers;

import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.rules.domain.subject.Facts;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.rules.domain.subject.Surroundings;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.KnownEntity;
import io.voronka.schemas.Subject;
import java.time.ZoneId;
import java.util.Locale;

/** What was known when the rule fired, for the texts of scripts. The event itself is not in it. */
final class KnownFacts {
  private KnownFacts() {}

  static SubjectView of(ActionRequested request, Means means) {
    KnownEntity contact = request.getAiResponse().getContact();
    Subject subject =
        new Subject(
            request.getTenantId(),
            request.getAccountId(),
            request.getSubjectType(),
            request.getSubjectId());
    return SubjectView.at(
        subject,
        Facts.state(request.getAiResponse().getSubject()),
        request.getFiredAt(),
        new Surroundings(
            contact == null
                ? new Surroundings.Contact(null, SubjectState.EMPTY)
                : new Surroundings.Contact(contact.getId(), Facts.state(contact)),
            new Surroundings.Agent(means.agent().getAgentId(), means.agent().getName()),
            means.account().getSubdomain(),
            new Surroundings.Tenant(
                means.tenant().getName(),
                ZoneId.of(means.tenant().getTimeZone()),
                Locale.forLanguageTag(means.tenant().getLocale()))));
  }
}
