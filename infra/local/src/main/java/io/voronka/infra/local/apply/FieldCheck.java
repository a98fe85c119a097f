package io.voronka.infra.local.apply;

import io.voronka.infra.local.apply.Manifest.RuleSpec;
import io.voronka.infra.local.apply.Manifest.SequenceSpec;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.catalogue.Unfit;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.parsing.SequenceParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What rules and sequences say about custom fields, held against the catalogues that have been
 * imported.
 */
final class FieldCheck {
  private FieldCheck() {}

  /**
   * One for all accounts of its tenant is refused only for what fits none of them, and an account
   * that was never imported may have any field.
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
        Set<String> concerned = concerned(accounts, spec.tenant(), rule::concerns);
        for (Unfit unfit : everywhere(concerned, catalogues, fields -> Unfit.in(rule, fields))) {
          problems.add(manifest.problem("Rule", spec.key(), unfit.pointer(), unfit.message()));
        }
      }
    }
    SequenceParser sequences = SequenceParser.create();
    for (SequenceSpec spec : manifest.sequences().values()) {
      Sequence sequence = sequences.parse(spec.definition()).sequence().orElse(null);
      if (sequence != null) {
        Set<String> concerned = concerned(accounts, spec.tenant(), sequence::concerns);
        for (Unfit unfit : everywhere(concerned, catalogues, sequence::unfit)) {
          problems.add(manifest.problem("Sequence", spec.key(), unfit.pointer(), unfit.message()));
        }
      }
    }
    return problems;
  }

  /** The tenant's accounts that it is about. */
  private static Set<String> concerned(
      Set<String> accounts, String tenant, Predicate<String> concerns) {
    String prefix = tenant + "/";
    return accounts.stream()
        .filter(account -> account.startsWith(prefix))
        .filter(account -> concerns.test(account.substring(prefix.length())))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Unfit> everywhere(
      Set<String> accounts,
      Map<String, FieldCatalogue> catalogues,
      Function<FieldCatalogue, List<Unfit>> check) {
    List<Unfit> common = null;
    for (String account : accounts) {
      List<Unfit> here = check.apply(catalogues.getOrDefault(account, FieldCatalogue.UNKNOWN));
      if (common == null) {
        common = new ArrayList<>(here);
      } else {
        common.removeIf(unfit -> here.stream().noneMatch(o -> o.pointer().equals(unfit.pointer())));
      }
    }
    return common == null ? List.of() : common;
  }
}
