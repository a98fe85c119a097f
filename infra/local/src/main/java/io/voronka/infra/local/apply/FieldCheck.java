package io.voronka.infra.local.apply;

import io.voronka.infra.local.apply.Manifest.RuleSpec;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.catalogue.Unfit;
import io.voronka.rules.parsing.RuleParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What rules say about custom fields, held against the catalogues that have been imported. */
final class FieldCheck {
  private FieldCheck() {}

  /**
   * A rule for all accounts of its tenant is refused only for what fits none of them.
   *
   * @param catalogues by tenant/account; accounts that were never imported are missing
   */
  static List<Problem> problems(Manifest manifest, Map<String, FieldCatalogue> catalogues) {
    List<Problem> problems = new ArrayList<>();
    if (catalogues.isEmpty()) {
      return problems;
    }
    RuleParser parser = RuleParser.create();
    for (RuleSpec spec : manifest.rules().values()) {
      Rule rule = parser.parse(spec.definition()).rule().orElse(null);
      if (rule != null) {
        for (Unfit unfit : everywhere(rule, spec.tenant(), catalogues)) {
          problems.add(manifest.problem("Rule", spec.key(), unfit.pointer(), unfit.message()));
        }
      }
    }
    return problems;
  }

  private static List<Unfit> everywhere(
      Rule rule, String tenant, Map<String, FieldCatalogue> catalogues) {
    List<Unfit> common = null;
    for (Map.Entry<String, FieldCatalogue> catalogue : catalogues.entrySet()) {
      String[] account = catalogue.getKey().split("/", 2);
      if (account[0].equals(tenant) && rule.concerns(account[1])) {
        List<Unfit> here = Unfit.in(rule, catalogue.getValue());
        if (common == null) {
          common = new ArrayList<>(here);
        } else {
          common.removeIf(
              unfit -> here.stream().noneMatch(o -> o.pointer().equals(unfit.pointer())));
        }
      }
    }
    return common == null ? List.of() : common;
  }
}
