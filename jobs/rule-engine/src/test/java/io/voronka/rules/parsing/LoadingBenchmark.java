package io.voronka.rules.parsing;

import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * CPU time that it takes until a tenant's rules are in force, by what they have in common. Run it
 * from the test class path; arguments: number of rules, rounds.
 */
public final class LoadingBenchmark {
  private static final String SAME_TEXT =
      "Hi {{ contact.first_name | default: 'there' | capitalize }}!"
          + "{% if lead.price > 1000 %} {{ lead.price | money: 'RUB' }}{% endif %}"
          + " since {{ lead.created_at | date: '%-d %B %Y' }}";

  private LoadingBenchmark() {}

  public static void main(String[] args) {
    int rules = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    RuleParser parser = RuleParser.create();
    for (int round = 0; round < rounds; round++) {
      run("one text in all", parser, rules, i -> rule(i, SAME_TEXT, ""));
      String again = " in round " + round;
      run("a text each", parser, rules, i -> rule(i, SAME_TEXT + i + again, ""));
      run("one expression in all", parser, rules, i -> rule(i, "Call", pattern("")));
      run("an expression each", parser, rules, i -> rule(i, "Call", pattern(i + again)));
      run("neither", parser, rules, i -> rule(i, "Call", ""));
    }
  }

  private static void run(
      String what, RuleParser parser, int rules, IntFunction<String> definition) {
    List<String> definitions = IntStream.range(0, rules).mapToObj(definition).toList();
    long started = now();
    List<RuleVersion> members =
        definitions.stream()
            .map(json -> new RuleVersion(parser.parse(json).rule().orElseThrow(), 1))
            .toList();
    long parsed = now();
    RuleSet set = RuleSet.compile(1, members);
    long compiled = now();
    System.out.printf(
        "%,d rules, %-24s read in %,6d ms, made a set in %,5d ms%n",
        set.rules().size(),
        what + ":",
        (parsed - started) / 1_000_000,
        (compiled - parsed) / 1_000_000);
  }

  private static long now() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static String pattern(String suffix) {
    return """
        , {'field_value': {'field': 'name', 'operator': 'matches', 'value': '^(VIP|Gold|Silver)[ -]?[0-9]{2,8}(%s)?$'}}
        """
        .formatted(suffix);
  }

  private static String rule(int number, String text, String more) {
    return """
        {'id': 'rule-%d', 'trigger': {'event': 'lead_updated'},
         'when': {'all': [
           {'field_value': {'field': 'responsible_user_id', 'operator': 'equals', 'value': 'u%d'}}%s]},
         'actions': [{'key': 'call', 'create_task': {'text': "%s", 'due': '2h'}}]}
        """
        .formatted(number, number / 5, more, text.replace('\'', '`'))
        .replace('\'', '"')
        .replace('`', '\'');
  }
}
