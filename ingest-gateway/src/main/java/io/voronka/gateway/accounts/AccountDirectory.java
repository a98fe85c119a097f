package io.voronka.gateway.accounts;

/** Gives the present accounts; thread-safe and cheap. */
@FunctionalInterface
public interface AccountDirectory {

  AccountTable current();
}
