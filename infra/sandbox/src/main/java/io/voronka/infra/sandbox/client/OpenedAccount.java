package io.voronka.infra.sandbox.client;

import io.voronka.infra.sandbox.kommo.model.AccountCard;
import java.util.List;

/** A new account and the credentials of its integrations, in the order asked for. */
public record OpenedAccount(AccountCard account, List<Credentials> integrations) {}
