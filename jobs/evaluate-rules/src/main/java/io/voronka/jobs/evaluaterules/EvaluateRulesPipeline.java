package io.voronka.jobs.evaluaterules;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.jobs.evaluaterules.operators.GrantFirings;
import io.voronka.jobs.evaluaterules.operators.JudgeEvents;
import io.voronka.jobs.evaluaterules.operators.RaiseAlerts;
import io.voronka.jobs.kit.SubjectStep;
import io.voronka.jobs.kit.events.LeadEvents;
import io.voronka.jobs.kit.events.SendOn;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleQuarantined;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Events are judged by the rules in force at their time.
 *
 * <pre>
 *  crm.events ─▶ route-events ──────────────by subject─▶ judge-events ─┬──────────▶ rules.decided
 *   (ticks end here) │  ├─contacts, companies─▶ reach-leads ─▲  ▲   │  └──────────▶ actions.requested, commands.requested
 *                    │  └─talks ─▶ follow-talks ─────────────┤  │   └─by tenant─▶ grant-firings ─▶ both
 *                    └────────▶ crm.events.rejected ◀──────┘  │       (rules with a daily limit)
 *  control.* ──────────────────── to all ─────────────────────┘  ├────────▶ rules.quarantined
 *                                                                └─by tenant─▶ raise-alerts ─▶ alerts.raised
 * </pre>
 */
public final class EvaluateRulesPipeline {
  private EvaluateRulesPipeline() {}

  /** Adds the job's steps between inputs and outputs. */
  public static void assemble(
      EvaluateRulesInputs inputs, EvaluateRulesOutputs outputs, EvaluateRulesConfig config) {
    KafkaSettings kafka = config.job().kafka();
    LeadEvents events =
        LeadEvents.attach(inputs.events(), kafka, config.schemaWait(), config.subjectLifetime());
    SingleOutputStreamOperator<RuleDecided> decided =
        JudgeEvents.attach(
                events.all(),
                inputs.control(),
                kafka,
                config.schemaWait(),
                config.subjectLifetime())
            .setBufferTimeout(SendOn.AT_ONCE);
    SingleOutputStreamOperator<RuleDecided> granted =
        GrantFirings.attach(decided.getSideOutput(JudgeEvents.CAPPED))
            .setBufferTimeout(SendOn.AT_ONCE);
    DataStream<RuleQuarantined> quarantined = decided.getSideOutput(JudgeEvents.QUARANTINED);
    outputs.decided().accept(decided);
    outputs.actions().accept(decided.getSideOutput(JudgeEvents.ACTIONS));
    outputs.granted().accept(granted);
    outputs.grantedActions().accept(granted.getSideOutput(GrantFirings.ACTIONS));
    outputs
        .commands()
        .accept(
            decided
                .getSideOutput(JudgeEvents.COMMANDS)
                .union(granted.getSideOutput(GrantFirings.COMMANDS)));
    outputs.quarantined().accept(quarantined);
    outputs
        .alerts()
        .accept(RaiseAlerts.attach(quarantined, inputs.control(), EvaluateRulesConfig.NAME));
    outputs.rejected().accept(events.rejected().union(SubjectStep.rejected(decided)));
  }
}
