package io.voronka.jobs.executeactions;

import io.voronka.jobs.executeactions.operators.ExecutorSettings;
import io.voronka.jobs.executeactions.transport.OutsideWorld;
import io.voronka.jobs.executeactions.transport.TokenStoreSettings;
import io.voronka.jobs.executeactions.transport.address.AddressRange;
import io.voronka.jobs.executeactions.transport.answers.ModelSettings;
import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.JobSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the job is told. Keys of its own: {@code --token-store.jdbc-url}, {@code
 * --token-store.user}, {@code --token-store.password}, {@code --token-store.key} (all or none; the
 * last two as {@code env:NAME} or {@code file:/path}), without which neither mails nor salesbots
 * leave; {@code --outbound.allow 127.0.0.1/32,fd00:1::/64}: what tenants may call although it is
 * not in the public internet; {@code --mail.trust HOST,HOST}: mail servers whose certificates are
 * taken without a known authority; {@code --unsubscribe.key env:NAME|file:/path}: the secret of
 * unsubscribe links.
 */
record ExecuteActionsConfig(JobSettings job, ExecutorSettings executor, OutsideWorld world) {
  static final String NAME = "execute-actions";
  private static final List<String> TOKEN_STORE =
      List.of(
          "token-store.jdbc-url", "token-store.user", "token-store.password", "token-store.key");

  /**
   * @throws io.voronka.jobs.kit.InvalidArgumentsException with everything that is wrong
   */
  static ExecuteActionsConfig from(String... args) {
    JobArguments arguments = JobArguments.of(args);
    JobSettings job = JobSettings.from(arguments, NAME);
    TokenStoreSettings tokens = tokenStore(arguments);
    List<AddressRange> allowed =
        arguments.parsed("outbound.allow", List.of(), ExecuteActionsConfig::ranges);
    List<String> trusted = arguments.parsed("mail.trust", List.of(), ExecuteActionsConfig::listed);
    ModelSettings model = model(arguments);
    String unsubscribeKey =
        arguments.text("unsubscribe.key").isEmpty()
            ? null
            : arguments.secret("unsubscribe.key").reference();
    arguments.check();
    return new ExecuteActionsConfig(
        job,
        ExecutorSettings.standard(),
        new OutsideWorld(tokens, allowed, trusted, model, unsubscribeKey));
  }

  private static ModelSettings model(JobArguments arguments) {
    Optional<String> url = arguments.text("model.url");
    Optional<String> name = arguments.text("model.name");
    Optional<String> key = arguments.text("model.key");
    if (url.isEmpty() && name.isEmpty() && key.isEmpty()) {
      return null;
    }
    String address = arguments.parsed("model.url", "", ExecuteActionsConfig::httpAddress);
    String reference = key.isEmpty() ? null : arguments.secret("model.key").reference();
    arguments.required("model.url");
    return ModelSettings.of(address, arguments.required("model.name"), reference);
  }

  private static String httpAddress(String text) {
    URI uri = URI.create(text);
    if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
      throw new IllegalArgumentException("an absolute http or https address is expected");
    }
    return text;
  }

  private static List<AddressRange> ranges(String text) {
    return listed(text).stream().map(AddressRange::parse).toList();
  }

  private static List<String> listed(String text) {
    return Stream.of(text.split(",")).map(String::strip).toList();
  }

  private static TokenStoreSettings tokenStore(JobArguments arguments) {
    List<Optional<String>> given = TOKEN_STORE.stream().map(arguments::text).toList();
    if (given.stream().allMatch(Optional::isEmpty)) {
      return null;
    }
    return new TokenStoreSettings(
        arguments.required("token-store.jdbc-url"),
        arguments.required("token-store.user"),
        arguments.secret("token-store.password").reference(),
        arguments.secret("token-store.key").reference());
  }
}
