package io.voronka.rules.domain.subject;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;

/**
 * What is known around a subject: its main contact, the agent whose rule it is, the account and the
 * tenant. Null is unknown everywhere.
 *
 * @param accountSubdomain the account's name in its CRM's address
 */
public record Surroundings(Contact contact, Agent agent, String accountSubdomain, Tenant tenant) {

  /** Nothing is known yet. */
  public static final Surroundings UNKNOWN =
      new Surroundings(
          new Contact(null, SubjectState.EMPTY),
          new Agent(null, null),
          null,
          new Tenant(null, null, null));

  public Surroundings {
    Objects.requireNonNull(contact, "contact");
    Objects.requireNonNull(agent, "agent");
    Objects.requireNonNull(tenant, "tenant");
  }

  /**
   * @param state what events about it told
   */
  public record Contact(String id, SubjectState state) {
    public Contact {
      Objects.requireNonNull(state, "state");
    }
  }

  public record Agent(String id, String name) {}

  /**
   * @param timeZone in which dates are shown
   * @param locale by which dates, numbers and money are written
   */
  public record Tenant(String name, ZoneId timeZone, Locale locale) {}
}
