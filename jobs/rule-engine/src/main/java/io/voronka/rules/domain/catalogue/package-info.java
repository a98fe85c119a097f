/** The custom fields of an account, and what their types mean for rules. */
package io.voronka.rules.domain.catalogue;
