package io.voronka.connectors.crm.trouble;

import io.voronka.schemas.AlertKind;
import io.voronka.schemas.AlertSeverity;
import io.voronka.schemas.Wording;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be wrong with an account's connection, and how people are told. Placeholders in braces:
 * {@code tenant}, {@code account}, and those that the trouble names.
 */
public enum Trouble {
  /** Needs {@code address}. */
  HOOK_DISABLED(
      AlertKind.HOOK_DISABLED,
      AlertSeverity.WARNING,
      new Wording(
          "Kommo has switched the webhooks of {account} off",
          "Kommo отключил вебхуки аккаунта {account}"),
      new Wording(
          "After too many bad answers Kommo stopped sending webhooks to {address}. They are being registered again;"
              + " what changed in between did not arrive. Find out why the gateway answered badly.",
          "Из-за неудачных ответов Kommo перестал присылать вебхуки на {address}. Они регистрируются заново;"
              + " изменения за это время не пришли. Выясните, почему шлюз отвечал с ошибкой.")),
  /** Needs {@code address}. */
  HOOK_MISSING(
      AlertKind.HOOK_MISSING,
      AlertSeverity.WARNING,
      new Wording(
          "The webhooks of {account} are gone from Kommo",
          "В Kommo нет вебхуков аккаунта {account}"),
      new Wording(
          "Somebody has removed the subscription to {address}. It is being made again;"
              + " what changed in between did not arrive.",
          "Кто-то удалил подписку на {address}. Она создаётся заново; изменения за это время не пришли.")),
  /** Needs {@code address} and {@code codes}. */
  HOOK_INCOMPLETE(
      AlertKind.HOOK_INCOMPLETE,
      AlertSeverity.WARNING,
      new Wording(
          "Kommo tells only a part of what happens in {account}",
          "Kommo сообщает не обо всех событиях аккаунта {account}"),
      new Wording(
          "The subscription to {address} lacks {codes}. It is being made again;"
              + " what happened in between did not arrive.",
          "В подписке на {address} не хватает событий: {codes}. Она создаётся заново; то, что произошло за это"
              + " время, не пришло.")),
  /** Needs {@code reason}. */
  HOOK_UNCHECKED(
      AlertKind.HOOK_UNCHECKED,
      AlertSeverity.WARNING,
      new Wording(
          "The webhooks of {account} cannot be checked",
          "Не удаётся проверить вебхуки аккаунта {account}"),
      new Wording(
          "Nobody would notice if Kommo switched them off. The reason: {reason}",
          "Если Kommo их отключит, никто этого не заметит. Причина: {reason}")),
  /** Needs {@code reason}. */
  CRM_ACCESS_LOST(
      AlertKind.CRM_ACCESS_LOST,
      AlertSeverity.CRITICAL,
      new Wording(
          "Voronka has lost its access to {account}",
          "Воронка потеряла доступ к аккаунту {account}"),
      new Wording(
          "Rules cannot act in this account. The reason: {reason}. An administrator has to pay, or to connect it"
              + " again: voronka connect --tenant {tenant} --account {account}",
          "Правила не могут действовать в этом аккаунте. Причина: {reason}. Администратор должен оплатить аккаунт"
              + " или подключить его заново: voronka connect --tenant {tenant} --account {account}")),
  /** Needs {@code reason}. */
  CRM_UNREACHABLE(
      AlertKind.CRM_UNREACHABLE,
      AlertSeverity.WARNING,
      new Wording(
          "Kommo does not answer for {account}", "Kommo не отвечает для аккаунта {account}"),
      new Wording(
          "Several checks in a row failed: {reason}. Actions wait meanwhile.",
          "Несколько проверок подряд не удались: {reason}. Действия пока ждут.")),
  /** Needs {@code client}. */
  INTEGRATION_UNINSTALLED(
      AlertKind.INTEGRATION_UNINSTALLED,
      AlertSeverity.CRITICAL,
      new Wording(
          "The integration was removed from {account}", "Интеграция удалена из аккаунта {account}"),
      new Wording(
          "Somebody removed the integration {client} from the account: no webhooks come any more and no action"
              + " works. To go on, connect it again: voronka connect --tenant {tenant} --account {account}",
          "Кто-то удалил интеграцию {client} из аккаунта: вебхуки больше не приходят, действия не выполняются."
              + " Чтобы продолжить, подключите его заново: voronka connect --tenant {tenant} --account {account}"));

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

  private final AlertKind kind;
  private final AlertSeverity severity;
  private final Wording title;
  private final Wording detail;

  Trouble(AlertKind kind, AlertSeverity severity, Wording title, Wording detail) {
    this.kind = kind;
    this.severity = severity;
    this.title = title;
    this.detail = detail;
  }

  public AlertKind kind() {
    return kind;
  }

  AlertSeverity severity() {
    return severity;
  }

  Wording title(Map<String, String> parameters) {
    return filled(title, parameters);
  }

  Wording detail(Map<String, String> parameters) {
    return filled(detail, parameters);
  }

  private static Wording filled(Wording wording, Map<String, String> parameters) {
    return new Wording(filled(wording.getEn(), parameters), filled(wording.getRu(), parameters));
  }

  private static String filled(String text, Map<String, String> parameters) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> {
              String value = parameters.get(found.group(1));
              if (value == null) {
                throw new IllegalArgumentException("no parameter " + found.group(1));
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
