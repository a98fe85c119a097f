package io.voronka.rules.comparison;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.EventSender;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.EPDeployException;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import com.espertech.esper.runtime.client.EPStatement;
import io.voronka.rules.domain.Rule;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Esper with one filter statement per rule, compiled; its planner chooses the indexes. Timer,
 * dispatch order and other services that matching does not need are off.
 */
final class EsperEngine implements MatchingEngine {
  private final String name;
  private final IntFunction<LeadFact> leads;
  private final EPRuntime runtime;
  private final EventSender sender;
  private Matches found;

  /**
   * @param leads by number of the event
   */
  EsperEngine(String name, List<Rule> rules, IntFunction<LeadFact> leads) {
    this.name = name;
    this.leads = leads;
    Configuration configuration = new Configuration();
    configuration.getCommon().addEventType("Lead", LeadFact.class);
    var threading = configuration.getRuntime().getThreading();
    threading.setInternalTimerEnabled(false);
    threading.setListenerDispatchPreserveOrder(false);
    threading.setInsertIntoDispatchPreserveOrder(false);
    this.runtime =
        EPRuntimeProvider.getRuntime("comparison-" + System.identityHashCode(this), configuration);
    StringBuilder module = new StringBuilder();
    for (int i = 0; i < rules.size(); i++) {
      module.append("@name('").append(i).append("') select * from Lead(");
      module.append(
          Clause.of(rules.get(i)).stream()
              .map(EsperEngine::written)
              .collect(Collectors.joining(", ")));
      module.append(");\n");
    }
    try {
      EPCompiled compiled =
          EPCompilerProvider.getCompiler()
              .compile(module.toString(), new CompilerArguments(configuration));
      for (EPStatement statement :
          runtime.getDeploymentService().deploy(compiled).getStatements()) {
        int number = Integer.parseInt(statement.getName());
        statement.addListener((added, removed, from, in) -> found.add(number));
      }
    } catch (EPCompileException | EPDeployException e) {
      throw new IllegalArgumentException("Esper does not take the rules", e);
    }
    this.sender = runtime.getEventService().getEventSender("Lead");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void match(int event, Matches into) {
    found = into;
    sender.sendEvent(leads.apply(event));
  }

  @Override
  public void close() {
    runtime.destroy();
  }

  private static String written(Clause clause) {
    String property = clause.property().bean();
    return switch (clause.operator()) {
      case EQUALS -> property + " = " + quoted(clause.text());
      case NOT_EQUALS -> property + " != " + quoted(clause.text());
      case IN -> property + " in " + list(clause);
      case NOT_IN -> property + " not in " + list(clause);
      case NOT_EMPTY -> property + " is not null, " + property + " != ''";
      case STARTS_WITH -> property + " like " + quoted(clause.text() + "%");
      case GREATER_OR_EQUAL -> property + " >= " + clause.number() + "L";
      case LESS -> property + " < " + clause.number() + "L";
      default -> throw new IllegalArgumentException("no such clause: " + clause);
    };
  }

  private static String list(Clause clause) {
    return clause.texts().stream()
        .map(EsperEngine::quoted)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
