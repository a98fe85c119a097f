package io.voronka.infra.sandbox.kommo.ui;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.client.AccountSpec;
import io.voronka.infra.sandbox.client.IntegrationSpec;
import io.voronka.infra.sandbox.kommo.Kommo;
import io.voronka.infra.sandbox.kommo.access.Secrets;
import io.voronka.infra.sandbox.kommo.access.TokenMint;
import io.voronka.infra.sandbox.kommo.model.AccountCard;
import io.voronka.infra.sandbox.kommo.model.Bot;
import io.voronka.infra.sandbox.kommo.model.CustomField;
import io.voronka.infra.sandbox.kommo.model.FieldOption;
import io.voronka.infra.sandbox.kommo.model.Integration;
import io.voronka.infra.sandbox.kommo.model.Limits;
import io.voronka.infra.sandbox.kommo.model.Pipeline;
import io.voronka.infra.sandbox.kommo.model.Stage;
import io.voronka.infra.sandbox.kommo.model.Token;
import io.voronka.infra.sandbox.kommo.model.User;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.web.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Opens accounts: fills in what a specification leaves out, installs integrations. */
public final class AccountOpening {
  private static final List<User> USERS =
      List.of(
          new User(11002200, "Anna Manager", "anna@example.test"),
          new User(11002201, "Boris Manager", "boris@example.test"),
          new User(11002299, "Integration", "integration@example.test"));
  private static final List<Stage> STAGES =
      List.of(
          new Stage(64100100, "Incoming leads", 10, "#c1c1c1", 1),
          new Stage(64100200, "First contact", 20, "#99ccff", 0),
          new Stage(64100300, "Discussion", 30, "#ffff99", 0),
          new Stage(64100400, "Offer sent", 40, "#ffcc66", 0),
          new Stage(Stage.WON, "Closed - won", 10_000, "#ccff66", 0),
          new Stage(Stage.LOST, "Closed - lost", 11_000, "#d5d8db", 0));
  private static final List<Pipeline> PIPELINES =
      List.of(
          new Pipeline(7300100, "Sales", 1, true, STAGES),
          new Pipeline(
              7300200,
              "Renewals",
              2,
              false,
              List.of(
                  new Stage(64200200, "Due", 20, "#99ccff", 0),
                  new Stage(64200300, "Talking", 30, "#ffff99", 0),
                  new Stage(Stage.WON, "Closed - won", 10_000, "#ccff66", 0),
                  new Stage(Stage.LOST, "Closed - lost", 11_000, "#d5d8db", 0))));
  private static final List<FieldOption> KINDS_OF_PHONE =
      List.of(new FieldOption(311321, "WORK", 1, "WORK"), new FieldOption(311323, "MOB", 2, "MOB"));
  private static final List<CustomField> FIELDS =
      List.of(
          new CustomField(575809, "leads", "Phone", "PHONE", "multitext", KINDS_OF_PHONE),
          new CustomField(427271, "leads", "Date", null, "date", null),
          new CustomField(600001, "leads", "Mark", null, "text", null),
          new CustomField(600002, "leads", "Agent says", null, "textarea", null),
          new CustomField(
              600003,
              "leads",
              "Source",
              null,
              "select",
              List.of(
                  new FieldOption(700001, "Site", 1, null),
                  new FieldOption(700002, "Call", 2, null))),
          new CustomField(600004, "leads", "Budget", null, "numeric", null),
          new CustomField(600005, "leads", "Qualified", null, "checkbox", null),
          new CustomField(
              600006,
              "leads",
              "Size",
              null,
              "radiobutton",
              List.of(
                  new FieldOption(700011, "Small", 1, null),
                  new FieldOption(700012, "Large", 2, null))),
          new CustomField(600007, "leads", "utm_source", "UTM_SOURCE", "tracking_data", null),
          new CustomField(575811, "contacts", "Phone", "PHONE", "multitext", KINDS_OF_PHONE),
          new CustomField(
              575813,
              "contacts",
              "Email",
              "EMAIL",
              "multitext",
              List.of(new FieldOption(311331, "WORK", 1, "WORK"))));
  private static final List<Bot> BOTS =
      List.of(new Bot(9001, "Agent's voice", "{{lead.cf.600002}}"), new Bot(9002, "Silent", null));

  private final Kommo kommo;
  private final TokenMint mint;
  private final Supplier<String> uuids;

  public AccountOpening(Kommo kommo, Supplier<String> uuids) {
    this.kommo = kommo;
    this.mint = new TokenMint(uuids);
    this.uuids = uuids;
  }

  /**
   * What was opened.
   *
   * @param credentials ids, secrets and tokens in clear, for this one answer
   */
  public record Opened(Changes changes, ArrayNode credentials) {}

  /** Opens the account, which must not exist yet. */
  public Opened open(AccountSpec spec) {
    if (spec.subdomain() == null || !spec.subdomain().matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw new IllegalArgumentException("subdomain must be lower-case letters, digits, dashes");
    }
    List<User> users = or(spec.users(), USERS);
    ArrayNode credentials = Json.array();
    List<IntegrationSpec> asked =
        or(spec.integrations(), List.of(IntegrationSpec.of(null, null, null, null)));
    List<Integration> integrations = new ArrayList<>();
    List<IntegrationSpec> filled = new ArrayList<>();
    for (IntegrationSpec one : asked) {
      IntegrationSpec full = fill(one, users);
      filled.add(full);
      integrations.add(
          new Integration(
              full.clientId(),
              Secrets.hash(full.clientSecret()),
              full.redirectUri(),
              full.userId(),
              full.scopes()));
    }
    Changes changes =
        kommo.open(
            new AccountCard(
                spec.id(),
                spec.subdomain(),
                or(spec.name(), spec.subdomain()),
                or(spec.host(), "kommo.com"),
                or(spec.paid(), true),
                or(spec.chatQuota(), 10_000_000L),
                or(spec.timeoutCountsAs(), 499),
                or(spec.retryPipelineHooks(), true),
                or(spec.limits(), Limits.standard()),
                users,
                or(spec.pipelines(), PIPELINES),
                or(spec.fields(), FIELDS),
                or(spec.bots(), BOTS),
                integrations,
                null));
    for (int i = 0; i < filled.size(); i++) {
      credentials.add(issue(changes, integrations.get(i), filled.get(i)));
    }
    changes.effect("open_account", "", 0, spec.subdomain());
    return new Opened(changes, credentials);
  }

  private IntegrationSpec fill(IntegrationSpec spec, List<User> users) {
    return new IntegrationSpec(
        spec.clientId() == null ? uuids.get() : spec.clientId(),
        spec.clientSecret() == null ? Secrets.hash(uuids.get()) : spec.clientSecret(),
        or(spec.redirectUri(), "https://example.test/oauth"),
        or(spec.userId(), users.get(users.size() - 1).id()),
        or(spec.scopes(), List.of("crm", "chats")),
        spec.accessToken(),
        spec.refreshToken(),
        spec.authorizationCode());
  }

  private ObjectNode issue(Changes changes, Integration integration, IntegrationSpec spec) {
    String access = spec.accessToken();
    String refresh = spec.refreshToken();
    if (access == null && refresh == null) {
      TokenMint.Pair pair = mint.pair(changes, integration);
      access = pair.access();
      refresh = pair.refresh();
    } else {
      if (access != null) {
        mint.adopt(changes, integration, access, Token.Kind.ACCESS);
      }
      if (refresh != null) {
        mint.adopt(changes, integration, refresh, Token.Kind.REFRESH);
      }
    }
    if (spec.authorizationCode() != null) {
      mint.adopt(changes, integration, spec.authorizationCode(), Token.Kind.CODE);
    }
    return Json.object()
        .put("client_id", integration.clientId())
        .put("client_secret", spec.clientSecret())
        .put("redirect_uri", integration.redirectUri())
        .put("access_token", access)
        .put("refresh_token", refresh);
  }

  private static <T> T or(T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
