package io.voronka.infra.local.redeliver;

/**
 * One thing that was chosen, and what is done with it.
 *
 * @param kind {@code action} or {@code webhook}
 * @param putBack false: it is left alone
 * @param why for people: what it is, and why it is put back or left
 */
public record Item(String kind, String id, boolean putBack, String why) {

  static Item again(String kind, String id, String why) {
    return new Item(kind, id, true, why);
  }

  static Item left(String kind, String id, String why) {
    return new Item(kind, id, false, why);
  }
}
