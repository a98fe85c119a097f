/** What the tests of a running sandbox share: a sandbox with one account, and a receiver. */
package io.voronka.infra.sandbox.testing;
