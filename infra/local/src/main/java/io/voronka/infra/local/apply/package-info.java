/**
 * What people write (YAML or JSON documents) into the control tables and back: read, validated
 * whole, compared with what is there, written in one transaction. Read {@code ManifestReader}
 * first.
 */
package io.voronka.infra.local.apply;
