package io.voronka.rules.comparison;

import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.execute;
import static org.drools.model.PatternDSL.alphaIndexedBy;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.reactOn;
import static org.drools.model.PatternDSL.rule;

import io.voronka.rules.domain.Rule;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.drools.model.AlphaIndex;
import org.drools.model.Index.ConstraintType;
import org.drools.model.PatternDSL.PatternDef;
import org.drools.model.Variable;
import org.drools.model.functions.Predicate1;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/**
 * Drools with its executable model, written directly instead of generated from a rule file, and
 * with its indexes on equalities and ranges. One session is kept and each lead is put in and taken
 * out: faster than a stateless session, which makes a new one for every call.
 */
final class DroolsEngine implements MatchingEngine {
  private final String name;
  private final IntFunction<LeadFact> leads;
  private final KieSession session;
  private Matches found;

  /**
   * @param leads by number of the event
   */
  DroolsEngine(String name, List<Rule> rules, IntFunction<LeadFact> leads) {
    this.name = name;
    this.leads = leads;
    ModelImpl model = new ModelImpl();
    for (int i = 0; i < rules.size(); i++) {
      int number = i;
      Variable<LeadFact> lead = declarationOf(LeadFact.class);
      PatternDef<LeadFact> pattern = pattern(lead);
      Clause.of(rules.get(i)).forEach(clause -> add(clause, pattern));
      model.addRule(rule("rule-" + i).build(pattern, execute(() -> found.add(number))));
    }
    this.session = KieBaseBuilder.createKieBaseFromModel(model).newKieSession();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void match(int event, Matches into) {
    found = into;
    FactHandle handle = session.insert(leads.apply(event));
    session.fireAllRules();
    session.delete(handle);
  }

  @Override
  public void close() {
    session.dispose();
  }

  /**
   * What a rule file is compiled to: a predicate with a name to share its node by, and an index.
   */
  private static void add(Clause clause, PatternDef<LeadFact> pattern) {
    String id = clause.toString();
    String property = clause.property().bean();
    Function<LeadFact, String> text = clause.property().text();
    switch (clause.operator()) {
      case EQUALS -> {
        String wanted = clause.text();
        AlphaIndex<LeadFact, String> index =
            alphaIndexedBy(
                String.class,
                ConstraintType.EQUAL,
                clause.property().ordinal(),
                text::apply,
                wanted);
        pattern.expr(id, lead -> wanted.equals(text.apply(lead)), index, reactOn(property));
      }
      case GREATER_OR_EQUAL -> {
        long least = clause.number();
        pattern.expr(
            id,
            lead -> lead.price() != null && lead.price() >= least,
            priceIndex(ConstraintType.GREATER_OR_EQUAL, least),
            reactOn(property));
      }
      case LESS -> {
        long limit = clause.number();
        pattern.expr(
            id,
            lead -> lead.price() != null && lead.price() < limit,
            priceIndex(ConstraintType.LESS_THAN, limit),
            reactOn(property));
      }
      default -> pattern.expr(id, predicate(clause, text), reactOn(property));
    }
  }

  private static AlphaIndex<LeadFact, Long> priceIndex(ConstraintType type, long limit) {
    return alphaIndexedBy(
        Long.class, type, LeadFact.Property.PRICE.ordinal(), LeadFact::price, limit);
  }

  private static Predicate1<LeadFact> predicate(Clause clause, Function<LeadFact, String> text) {
    Set<String> texts = Set.copyOf(clause.texts());
    return switch (clause.operator()) {
      case IN -> lead -> text.apply(lead) != null && texts.contains(text.apply(lead));
      case NOT_EQUALS, NOT_IN ->
          lead -> text.apply(lead) != null && !texts.contains(text.apply(lead));
      case NOT_EMPTY -> lead -> text.apply(lead) != null && !text.apply(lead).isEmpty();
      case STARTS_WITH -> {
        String start = clause.text();
        yield lead -> text.apply(lead) != null && text.apply(lead).startsWith(start);
      }
      default -> throw new IllegalArgumentException("no such clause: " + clause);
    };
  }
}
