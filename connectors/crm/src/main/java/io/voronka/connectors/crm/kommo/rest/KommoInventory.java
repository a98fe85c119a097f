package io.voronka.connectors.crm.kommo.rest;

import io.voronka.connectors.crm.Card;
import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmInventory;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.FieldDefinition;
import io.voronka.connectors.crm.Page;
import io.voronka.connectors.crm.Pipeline;
import io.voronka.connectors.crm.User;
import io.voronka.connectors.crm.kommo.rest.KommoCall.InvalidRequestException;
import io.voronka.schemas.EntityType;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** What a Kommo account holds, over its REST interface. */
final class KommoInventory implements CrmInventory {
  private static final int LIMIT = 250;

  private final KommoCall calls;

  KommoInventory(KommoCall calls) {
    this.calls = calls;
  }

  @Override
  public CompletableFuture<CrmReply<Page<Pipeline>>> readPipelines(CrmAccount account) {
    return calls.read(
        account,
        () -> "/leads/pipelines",
        KommoCall.WhenEmpty.EMPTY_OBJECT,
        KommoCatalogue::pipelines);
  }

  @Override
  public CompletableFuture<CrmReply<Page<FieldDefinition>>> readFields(
      CrmAccount account, EntityType entity, int page) {
    return calls.read(
        account,
        () -> '/' + listed(entity) + "/custom_fields?limit=" + LIMIT + "&page=" + checked(page),
        KommoCall.WhenEmpty.EMPTY_OBJECT,
        json -> KommoCatalogue.fields(json, entity));
  }

  @Override
  public CompletableFuture<CrmReply<Page<User>>> readUsers(CrmAccount account, int page) {
    return calls.read(
        account,
        () -> "/users?limit=" + LIMIT + "&page=" + checked(page),
        KommoCall.WhenEmpty.EMPTY_OBJECT,
        KommoCatalogue::users);
  }

  @Override
  public CompletableFuture<CrmReply<Page<Card>>> readCards(
      CrmAccount account, EntityType type, Instant updatedFrom, int page) {
    return calls.read(
        account,
        () ->
            '/'
                + listed(type)
                + "?with="
                + (type == EntityType.LEAD ? "contacts" : "leads")
                + "&filter%5Bupdated_at%5D%5Bfrom%5D="
                + updatedFrom.getEpochSecond()
                + "&order%5Bupdated_at%5D=asc&limit="
                + LIMIT
                + "&page="
                + checked(page),
        KommoCall.WhenEmpty.EMPTY_OBJECT,
        json -> KommoCards.page(json, type));
  }

  private static String listed(EntityType type) throws InvalidRequestException {
    if (type != EntityType.LEAD && type != EntityType.CONTACT && type != EntityType.COMPANY) {
      throw new InvalidRequestException("no lead, contact or company but " + type);
    }
    return KommoPaths.plural(type);
  }

  private static int checked(int page) throws InvalidRequestException {
    if (page < 1) {
      throw new InvalidRequestException("pages count from 1, and this is " + page);
    }
    return page;
  }
}
