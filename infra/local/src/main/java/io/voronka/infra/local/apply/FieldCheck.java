package io.voronka.infra.local.apply;

import io.voronka.infra.local.apply.Manifest.RuleSpec;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.catalogue.Unfit;
import io.voronka.rules.parsing.RuleParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What rules say about custom fields, held against the catalogues that have been imported. */
final class FieldCheck {
  private FieldCheck() {}

  /**
   * A rule for all accounts of its tenant is refused only for what fits none of them, and an
   * account that was never imported may have any field.
   *
   * @param stored tenant/account, already in the tables
   * @param catalogues by tenant/account; accounts that were never imported are missing
   */
  static List<Problem> problems(
      Manifest manifest, Set<String> stored, Map<String, FieldCatalogue> catalogues) {
    List<Problem> problems = new ArrayList<>();
    if (catalogues.isEmpty()) {
      return problems;
    }
    Set<String> accounts = new TreeSet<>(stored);
    accounts.addAll(manifest.accounts().keySet());
    RuleParser parser = RuleParser.create();
    for (RuleSpec spec : manifest.rules().values()) {
      Rule rule = parser.parse(spec.definition()).rule().orElse(null);
      if (rule != null) {
        for (Unfit unfit : everywhere(rule, spec.tenant(), accounts, catalogues)) {
          problems.add(manifest.problem("Rule", spec.key(), unfit.pointer(), unfit.message()));
        }
      }
    }
    return problems;
  }

  private static List<Unfit> everywhere(
      Rule rule, String tenant, Set<String> accounts, Map<String, FieldCatalogue> catalogues) {
    List<Unfit> common = null;
    for (String account : accounts) {
      String prefix = tenant + "/";
      if (!account.startsWith(prefix) || !rule.concerns(account.substring(prefix.length()))) {
        continue;
      }
      List<Unfit> here = Unfit.in(rule, catalogues.getOrDefault(account, FieldCatalogue.UNKNOWN));
      if (common == null) {
        common = new ArrayList<>(here);
      } else {
        common.removeIf(unfit -> here.stream().noneMatch(o -> o.pointer().equals(unfit.pointer())));
      }
    }
    return common == null ? List.of() : common;
  }
}
