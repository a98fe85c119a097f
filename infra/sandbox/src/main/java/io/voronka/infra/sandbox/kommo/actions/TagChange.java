package io.voronka.infra.sandbox.kommo.actions;

import io.voronka.infra.sandbox.kommo.model.Tag;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of tags.
 *
 * @param replacement all tags from now on, or null to keep what is there
 */
public record TagChange(List<Ref> replacement, List<Ref> add, List<Ref> remove) {
  /** A tag by id or by name; one of the two is null. */
  public record Ref(Long id, String name) {
    boolean is(Tag tag) {
      return id != null ? tag.id() == id : tag.name().equals(name);
    }
  }

  public static TagChange none() {
    return new TagChange(null, List.of(), List.of());
  }

  public boolean asked() {
    return replacement != null || !add.isEmpty() || !remove.isEmpty();
  }

  List<Tag> apply(KommoAccount account, List<Tag> before) {
    List<Tag> after = new ArrayList<>();
    if (replacement == null) {
      after.addAll(before);
    } else {
      replacement.forEach(ref -> put(account, before, after, ref));
    }
    after.removeIf(tag -> remove.stream().anyMatch(ref -> ref.is(tag)));
    add.forEach(ref -> put(account, before, after, ref));
    return after;
  }

  private static void put(KommoAccount account, List<Tag> before, List<Tag> after, Ref ref) {
    if (after.stream().anyMatch(ref::is)) {
      return;
    }
    if (ref.name() != null) {
      after.add(account.tag(ref.name()));
    } else {
      before.stream().filter(ref::is).findFirst().ifPresent(after::add);
    }
  }
}
