/**
 * Definitions to rules: JSON Schema, then what a schema cannot say, all errors at once with their
 * places. The only package here that knows JSON.
 */
package io.voronka.rules.parsing;
