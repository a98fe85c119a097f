package io.voronka.jobs.evaluaterules.operators;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Decision;

/** Where a decision goes. */
@FunctionalInterface
interface JudgeOutput {
  void emit(Decision decision, AccountSetting setting);
}
