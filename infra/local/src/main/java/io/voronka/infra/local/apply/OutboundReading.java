package io.voronka.infra.local.apply;

import io.voronka.infra.local.apply.Manifest.SigningKeySpec;

/** Documents that say how a tenant's actions leave the house. */
final class OutboundReading {
  private OutboundReading() {}

  static SigningKeySpec signingKey(FieldReader fields) {
    SigningKeySpec key =
        new SigningKeySpec(
            fields.slug("tenant"),
            fields.slug("id"),
            fields.texts(
                "secrets",
                5,
                ManifestReader.REFERENCE,
                "must be env:NAME or file:/path, never the secret itself"));
    fields.rejectUnknown();
    return key;
  }
}
