package io.voronka.infra.local.command;

import io.voronka.connectors.crm.kommo.rest.KommoClient;
import io.voronka.connectors.crm.kommo.rest.KommoHosts;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.tokens.StoredTokens.OAuthClient;
import io.voronka.connectors.crm.tokens.TokenStore;
import io.voronka.connectors.crm.tokens.TokenStoreException;
import io.voronka.infra.local.connect.AlertLog;
import io.voronka.infra.local.connect.Approval;
import io.voronka.infra.local.connect.ConnectException;
import io.voronka.infra.local.connect.Connected;
import io.voronka.infra.local.connect.Connector;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Connects a CRM account. */
@Command(
    name = "connect",
    mixinStandardHelpOptions = true,
    description =
        "Connects a Kommo account that was applied before. Without a code it prints the address at which the account's"
            + " administrator agrees; with the code, or with the whole address that the browser was sent to, it stores"
            + " the tokens and subscribes the gateway to the account's webhooks.")
public final class ConnectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--tenant", required = true, paramLabel = "ID")
  private String tenant;

  @Option(names = "--account", required = true, paramLabel = "ID")
  private String account;

  @ArgGroup private Step step = new Step();

  /** What is to be done; the invitation unless one is given. */
  static final class Step {
    @Option(names = "--code", paramLabel = "CODE", description = "The code of the redirect.")
    private String code;

    @Option(
        names = "--redirect",
        paramLabel = "ADDRESS",
        description = "The whole redirect, in quotes: its state and its host are checked as well.")
    private String redirect;

    @Option(
        names = "--subscribe-only",
        description = "Subscribe with the tokens that are there, or with a long-lived one.")
    private boolean subscribeOnly;

    @Option(
        names = "--disconnect",
        description = "End the subscription, and stop watching it. The tokens stay.")
    private boolean disconnect;
  }

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      description = "The integration; needed to invite and to exchange a code.")
  private String clientId;

  @Option(
      names = "--client-secret",
      paramLabel = "REFERENCE",
      description = "Where its secret is: env:NAME or file:/path. Refreshes look there too.")
  private String clientSecret;

  @Option(
      names = "--redirect-uri",
      paramLabel = "ADDRESS",
      description = "Its redirect address, as the vendor knows it.")
  private String redirectUri;

  @Option(
      names = "--webhook-token",
      paramLabel = "REFERENCE",
      description = "Where the account's webhook token is: env:NAME or file:/path.")
  private String webhookToken;

  @Option(
      names = "--gateway-url",
      paramLabel = "URL",
      description = "The gateway as the vendor reaches it; that of the local stack unless given.")
  private String gatewayUrl;

  @Option(
      names = "--trust",
      paramLabel = "HOST[:PORT]",
      description =
          "Send the client's secret there too: a simulated vendor. The local stack's sandbox is"
              + " trusted.")
  private List<String> trusted = new ArrayList<>();

  @Mixin private CrmOptions options;

  @Override
  public Integer call() throws IOException, SQLException, TokenStoreException, ConnectException {
    Secrets secrets = new Secrets(System::getenv);
    Clock clock = Clock.systemUTC();
    TokenStore tokens = options.tokens();
    PrintWriter out = spec.commandLine().getOut();
    try (KommoClient kommo = options.kommo(tokens, secrets, clock);
        AlertLog log = options.alerts("connect", clock)) {
      Connector connector =
          new Connector(
              new Connector.Parts(options.hooks(), tokens, kommo, hosts(), secrets, log, clock));
      run(connector, out);
    }
    out.flush();
    return ExitCodes.OK;
  }

  private void run(Connector connector, PrintWriter out)
      throws SQLException, TokenStoreException, ConnectException {
    if (step.disconnect) {
      boolean was = connector.disconnect(tenant, account);
      out.println(
          was ? "the subscription has ended" : "there was no subscription any more; forgotten");
    } else if (step.subscribeOnly) {
      print(connector.subscribe(tenant, account, hook()), out);
    } else if (step.code == null && step.redirect == null) {
      URI address = connector.invitation(tenant, account, client());
      out.println("Open this as an administrator of the account, and agree:");
      out.println("Откройте это как администратор аккаунта и дайте согласие:");
      out.println();
      out.println("  " + address);
      out.println();
      out.println(
          "Then, within 20 minutes, run this again with --redirect '<the address you were sent to>'.");
      out.println(
          "Затем в течение 20 минут повторите команду с --redirect '<адрес, на который вас перенаправили>'.");
    } else {
      Approval approval =
          step.redirect == null ? Approval.ofCode(step.code) : Approval.ofRedirect(step.redirect);
      print(connector.connect(tenant, account, client(), approval, hook()), out);
    }
  }

  private void print(Connected connected, PrintWriter out) {
    out.println(
        "connected: %s, account %s (%s)"
            .formatted(
                connected.account().name(),
                connected.account().id(),
                connected.account().subdomain()));
    out.println("webhooks go to " + connected.address());
    out.println(
        "%d events taken: %s"
            .formatted(connected.taken().size(), String.join(", ", connected.taken())));
    if (!connected.refused().isEmpty()) {
      out.println("not known to this account: " + String.join(", ", connected.refused()));
    }
    connected.resolvedAlerts().forEach(title -> out.println("over: " + title));
    connected.hints().forEach(hint -> out.println("note: " + hint));
  }

  private OAuthClient client() {
    return new OAuthClient(
        needed("--client-id", clientId),
        needed("--client-secret", clientSecret),
        needed("--redirect-uri", redirectUri));
  }

  private Connector.Hook hook() {
    return new Connector.Hook(
        gatewayUrl != null ? gatewayUrl : options.stack("--gateway-url").gateway(),
        needed("--webhook-token", webhookToken));
  }

  private KommoHosts hosts() {
    KommoHosts hosts = KommoHosts.ofVendor();
    for (String authority : trusted) {
      hosts = hosts.and(authority);
    }
    return options
        .localStack()
        .map(stack -> URI.create(stack.sandbox()).getRawAuthority())
        .map(hosts::and)
        .orElse(hosts);
  }

  private String needed(String option, String value) {
    if (value == null) {
      throw new ParameterException(spec.commandLine(), "this needs " + option);
    }
    return value;
  }
}
