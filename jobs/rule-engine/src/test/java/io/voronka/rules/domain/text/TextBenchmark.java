package io.voronka.rules.domain.text;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectView;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Texts a second of one thread's CPU time: filled, read, and for comparison put together by hand as
 * our own language of before did it. Run it from the test class path.
 */
public final class TextBenchmark {
  private static final int WARM = 300_000;
  private static final int COUNTED = 2_000_000;

  private TextBenchmark() {}

  public static void main(String[] args) {
    SubjectView view =
        Texts.view(
            LeadEvents.updated("e")
                .field("name", "Lead 42")
                .field("price", "1500")
                .field("created_at", "1760000000"),
            "ru");
    FieldRef name = FieldRef.standard("name");
    FieldRef price = FieldRef.standard("price");

    String call = "Call {{ lead.name }}, {{ lead.price }}";
    List<ByHand> pieces =
        List.of(
            new ByHand("Call ", null),
            new ByHand(null, name),
            new ByHand(", ", null),
            new ByHand(null, price));
    String offer =
        "Hi {{ contact.first_name | default: 'there' | capitalize }}!"
            + "{% if lead.price > 1000 %} {{ lead.price | money: 'RUB' }}{% endif %}"
            + " since {{ lead.created_at | date: '%-d %B %Y' }}";

    filled("a text without variables", Text.literal("Call the client, please"), view);
    run("two variables, by hand", () -> ByHand.filled(pieces, view), COUNTED);
    filled("two variables", Texts.text(call), view);
    filled("defaults, a choice, money and a date", Texts.text(offer), view);
    read("reading two variables", call);
    read("reading defaults, a choice, ...", offer);
  }

  private static void filled(String what, Text text, SubjectView view) {
    run(what, () -> fill(text, view), COUNTED);
  }

  /** Another text each time: one that somebody holds is not read again. */
  private static void read(String what, String source) {
    AtomicInteger number = new AtomicInteger();
    run(what, () -> Texts.text(source + number.getAndIncrement()).toString(), COUNTED / 20);
  }

  private static String fill(Text text, SubjectView view) {
    view.budget().refill();
    return text.fill(view);
  }

  private static void run(String what, Supplier<String> text, int times) {
    long letters = repeat(text, Math.min(times, WARM));
    long started = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    letters += repeat(text, times);
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - started;
    System.out.printf(
        "%-38s %,12.0f/s, %7.2f us each (%s, %d letters)%n",
        what, times * 1e9 / nanos, nanos / 1e3 / times, text.get(), letters);
  }

  private static long repeat(Supplier<String> text, int times) {
    long letters = 0;
    for (int i = 0; i < times; i++) {
      letters += text.get().length();
    }
    return letters;
  }

  /** Exactly one of the two is set. */
  private record ByHand(String literal, FieldRef field) {
    static String filled(List<ByHand> pieces, SubjectView view) {
      StringBuilder out = new StringBuilder(64);
      for (ByHand piece : pieces) {
        out.append(
            piece.literal() == null
                ? String.join(", ", view.texts(piece.field()))
                : piece.literal());
      }
      return out.toString();
    }
  }
}
