/**
 * What a Kommo account holds, as immutable records. They are also what the journal stores, one
 * after-image per change: a component that is added later must have a sensible meaning when absent.
 */
package io.voronka.infra.sandbox.kommo.model;
