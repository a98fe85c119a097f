package io.voronka.sequences.domain.step;

import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.action.Effect;
import io.voronka.rules.domain.catalogue.Typing;
import io.voronka.rules.domain.catalogue.Unfit;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.schemas.ActionKeys;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Subject;
import io.voronka.sequences.domain.Watch;
import io.voronka.sequences.domain.delay.Delay;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One entry of a sequence. Steps that may follow are named by id; null is the end. Nested lists of
 * steps are gone when a sequence has been read: the last of each leads to what stands behind the
 * whole.
 */
public sealed interface Step {
  /** How definitions and commands name the end; no step has this id. */
  String END = "end";

  /** Never changes: action ids and positions are made from it. */
  String id();

  /** JSON pointer in the definition. */
  String pointer();

  /** What stands behind it in its list; null: the end. */
  String next();

  /** The steps that may follow it, besides the end. */
  default Stream<String> ways() {
    return Stream.ofNullable(next());
  }

  /** The conditions in it. */
  default Stream<Condition> conditions() {
    return Stream.empty();
  }

  /** As its conditions compare by an account's fields. */
  default Step typed(Typing typing) {
    return this;
  }

  /** The fields that it goes by besides those in conditions and texts. */
  default Stream<Unfit.Use> uses() {
    return Stream.of();
  }

  /** The kind's name as definitions have it; a sequence keeps it when it is edited. */
  String kind();

  /** True when whoever is in a step of that id in another version may go on in this one. */
  default boolean continues(Step other) {
    return kind().equals(other.kind());
  }

  /**
   * Asks for an effect and goes on when it is known what became of it.
   *
   * @param required a failure goes to {@code onFailure}
   * @param onFailure null: the lead leaves
   */
  record Act(
      String id,
      String pointer,
      String next,
      ActionTemplate action,
      boolean required,
      String onFailure)
      implements Step {
    @Override
    public Stream<String> ways() {
      return Stream.of(next, onFailure).filter(Objects::nonNull);
    }

    /**
     * What is asked for elsewhere is known there by no id: it would be done twice if it is asked
     * for once more, and could not be taken back.
     */
    @Override
    public boolean continues(Step other) {
      return other instanceof Act act && target("", "").equals(act.target("", ""));
    }

    /** Kafka key of its requests. */
    public String target(Subject subject) {
      return target(subject.tenantId(), subject.accountId());
    }

    private String target(String tenant, String account) {
      if (action.effect() instanceof Effect.CallAddress call) {
        return ActionKeys.host(tenant, call.url());
      }
      return action.effect() instanceof Effect.Mail mail
          ? ActionKeys.mail(tenant, mail.senderId())
          : ActionKeys.account(tenant, account);
    }

    @Override
    public String kind() {
      return "action";
    }
  }

  /**
   * Waits for a time.
   *
   * @param missed where it goes when the date is unknown or has passed
   */
  record Wait(String id, String pointer, String next, Delay delay, String missed) implements Step {
    @Override
    public Stream<String> ways() {
      return Stream.of(next, missed).filter(Objects::nonNull);
    }

    @Override
    public Stream<Unfit.Use> uses() {
      return Stream.ofNullable(delay.date()).map(date -> new Unfit.Use(pointer, date, true));
    }

    @Override
    public String kind() {
      return "wait";
    }
  }

  /** Waits for something to happen, at most for a time. */
  record WaitFor(
      String id,
      String pointer,
      String next,
      Watch watch,
      Delay timeout,
      String then,
      String onTimeout)
      implements Step {
    @Override
    public Stream<String> ways() {
      return Stream.of(then, onTimeout).filter(Objects::nonNull);
    }

    @Override
    public Stream<Condition> conditions() {
      return Stream.ofNullable(watch.when());
    }

    @Override
    public Step typed(Typing typing) {
      return new WaitFor(id, pointer, next, watch.typed(typing), timeout, then, onTimeout);
    }

    @Override
    public Stream<Unfit.Use> uses() {
      return Stream.ofNullable(timeout.date()).map(date -> new Unfit.Use(pointer, date, true));
    }

    @Override
    public String kind() {
      return "wait_for";
    }
  }

  /** Goes one of two ways; the second also when it is unknown whether the condition holds. */
  record Branch(
      String id, String pointer, String next, Condition when, String then, String otherwise)
      implements Step {
    @Override
    public Stream<String> ways() {
      return Stream.of(then, otherwise).filter(Objects::nonNull);
    }

    @Override
    public Stream<Condition> conditions() {
      return Stream.of(when);
    }

    @Override
    public Step typed(Typing typing) {
      return new Branch(id, pointer, next, typing.typed(when), then, otherwise);
    }

    @Override
    public String kind() {
      return "branch";
    }
  }

  /** Goes one of several ways, each lead always the same. */
  record Split(String id, String pointer, String next, List<Part> parts) implements Step {
    /** Parts are told in hundredths of a per cent. */
    public static final int WHOLE = 10_000;

    /**
     * @param upTo end of its share of {@link #WHOLE}, excluded
     */
    public record Part(String name, int upTo, String first) {}

    public Split {
      parts = List.copyOf(parts);
    }

    /**
     * The part that a subject belongs to. It follows from ids alone, so that it stays the same in
     * other versions, on other machines and in another run.
     */
    public Part of(String sequenceId, String subjectKey) {
      long hash = StableId.fingerprint(sequenceId, "|", id, "|", subjectKey);
      int place = (int) Math.floorMod(hash, (long) WHOLE);
      for (Part part : parts) {
        if (place < part.upTo()) {
          return part;
        }
      }
      return parts.get(parts.size() - 1);
    }

    @Override
    public Stream<String> ways() {
      return parts.stream().map(Part::first).filter(Objects::nonNull);
    }

    @Override
    public String kind() {
      return "split";
    }
  }

  /**
   * Goes on elsewhere.
   *
   * @param target null: the end
   */
  record GoTo(String id, String pointer, String next, String target) implements Step {
    @Override
    public Stream<String> ways() {
      return Stream.ofNullable(target);
    }

    @Override
    public String kind() {
      return "go_to";
    }
  }
}
