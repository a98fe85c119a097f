package io.voronka.jobs.capturecontrol.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.schemas.SigningKeyRow;
import java.util.ArrayList;
import java.util.List;

/** The tables that say how a tenant's actions leave the house. */
final class OutboundRows {
  private final ObjectMapper json;

  OutboundRows(ObjectMapper json) {
    this.json = json;
  }

  SigningKeyRow signingKey(Columns row) throws RejectedRowException {
    return SigningKeyRow.newBuilder()
        .setTenantId(row.text("tenant_id"))
        .setKeyId(row.text("key_id"))
        .setSecretReferences(texts(row, "secret_references"))
        .build();
  }

  private List<String> texts(Columns row, String column) throws RejectedRowException {
    RejectedRowException bad =
        new RejectedRowException(
            RejectReason.BAD_LIST, row.table() + "." + column + " is not a list of texts");
    JsonNode list;
    try {
      list = json.readTree(row.text(column));
    } catch (JsonProcessingException e) {
      throw bad;
    }
    if (!list.isArray()) {
      throw bad;
    }
    List<String> texts = new ArrayList<>(list.size());
    for (JsonNode item : list) {
      if (!item.isTextual()) {
        throw bad;
      }
      texts.add(item.textValue());
    }
    return texts;
  }
}
