package io.voronka.rules.why;

import io.voronka.rules.explain.Language;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The reasons of outcomes ({@code ActionCompleted.reason}) in words. */
public final class OutcomeReasons {
  private record Words(String english, String russian) {}

  private static final Map<String, Words> KNOWN = known();

  private OutcomeReasons() {}

  /** Empty for a reason that this build does not know. */
  public static Optional<String> words(String reason, Language language) {
    return Optional.ofNullable(KNOWN.get(reason))
        .map(words -> language == Language.EN ? words.english() : words.russian());
  }

  private static Map<String, Words> known() {
    Map<String, Words> all = new HashMap<>();
    beforeSending(all);
    places(all);
    answers(all);
    return Map.copyOf(all);
  }

  private static void beforeSending(Map<String, Words> all) {
    put(all, "kind-unknown", "its kind is newer than this build", "такой вид действия не известен");
    put(all, "payload-missing", "what it is to do is missing", "не сказано, что именно сделать");
    put(all, "tenant-unknown", "there is no such tenant", "такой компании нет");
    put(all, "tenant-inactive", "the tenant is inactive", "компания отключена");
    put(all, "account-unknown", "there is no such CRM account", "такого аккаунта CRM нет");
    put(all, "account-inactive", "the CRM account is inactive", "аккаунт CRM отключён");
    put(all, "not-after-passed", "its time was over", "время, до которого оно было нужно, прошло");
    put(
        all,
        "quiet-hours",
        "it would have come in the client's quiet hours, and been too late after them",
        "пришлось бы на тихие часы клиента, а после них было бы поздно");
    put(
        all,
        "frequency-cap",
        "the client has had as many as the tenant's cap allows",
        "клиент уже получил столько, сколько разрешено за этот срок");
    put(
        all,
        "opted-out",
        "the client does not want to be written to",
        "клиент попросил ему не писать");
    put(
        all,
        "human-took-over",
        "a person had just written to the client, and the agent keeps silent",
        "клиенту только что написал человек, агент не вмешивается");
    put(all, "taken-back", "it was taken back before it was sent", "отозвано до отправки");
    put(all, "signing-key-unknown", "there is no such signing key", "такого ключа подписи нет");
    put(all, "mail-sender-unknown", "there is no such mail sender", "такого отправителя нет");
    put(all, "agent-unknown", "there is no such agent", "такого агента нет");
    put(all, "agent-inactive", "the agent is inactive", "агент отключён");
    put(
        all,
        "no-script-fits",
        "no script of the agent fits the question",
        "ни один скрипт агента не подходит к вопросу");
    put(all, "body-too-large", "its body is too large", "тело запроса слишком большое");
  }

  private static void places(Map<String, Words> all) {
    put(all, "url-invalid", "its address cannot be read", "адрес нельзя прочитать");
    put(
        all,
        "scheme-not-allowed",
        "only http and https are called",
        "вызывать можно только http и https");
    put(
        all,
        "user-info-not-allowed",
        "its address holds a user name or a password",
        "в адресе указаны имя или пароль");
    put(
        all,
        "host-form-not-allowed",
        "the host is neither a name nor an address written plainly",
        "узел указан не именем и не обычной записью адреса");
    put(
        all,
        "address-unspecified",
        "the host is at the address of no place",
        "адрес узла ни на что не указывает");
    put(
        all,
        "address-loopback",
        "the host is the machine that would call it",
        "адрес узла указывает на сам сервер");
    put(
        all,
        "address-link-local",
        "the host is in the server's own network segment",
        "узел находится в собственном сегменте сети сервера");
    put(
        all,
        "address-metadata",
        "the host is a cloud's metadata service",
        "узел — служба метаданных облака");
    put(all, "address-private", "the host is in a private network", "узел в частной сети");
    put(
        all,
        "address-of-carrier",
        "the host is in a carrier's inner network",
        "узел во внутренней сети оператора связи");
    put(all, "address-multicast", "the host is a group of machines", "адрес узла — групповой");
    put(
        all,
        "address-translated",
        "the host's address stands for another one",
        "адрес узла скрывает в себе другой адрес");
    put(all, "address-reserved", "the host's address is reserved", "адрес узла зарезервирован");
  }

  private static void answers(Map<String, Words> all) {
    put(all, "bad-request", "the other side did not accept it", "получатель не принял запрос");
    put(all, "unauthorized", "the other side wants other credentials", "доступ не подтверждён");
    put(all, "payment-required", "the other side wants payment", "у получателя не оплачен доступ");
    put(all, "forbidden", "the other side forbids it", "получатель запретил действие");
    put(all, "not-found", "the other side does not know it", "получатель такого не нашёл");
    put(
        all,
        "unprocessable",
        "the other side could not use it",
        "получатель не смог это обработать");
    put(all, "recipient-invalid", "the recipient is no mail address", "это не почтовый адрес");
    put(
        all,
        "recipient-rejected",
        "the mail server refuses the recipient",
        "почтовый сервер не принимает почту для этого адреса");
    put(
        all,
        "recipient-deferred",
        "the mail server does not take mail for the recipient yet",
        "почтовый сервер пока не принимает почту для этого адреса");
    put(all, "mail-rejected", "the mail server refuses the mail", "почтовый сервер отверг письмо");
    put(
        all,
        "redirected",
        "it was sent elsewhere, which is not followed",
        "перенаправление не выполняется");
    put(all, "rate-limited", "too many requests", "слишком много запросов");
    put(all, "server-error", "the other side failed", "ошибка на стороне получателя");
    put(all, "unexpected-answer", "the answer made no sense", "ответ получателя непонятен");
    put(all, "host-unknown", "the host has no address", "у узла нет адреса");
    put(all, "connection-refused", "there was no connection", "соединиться не удалось");
    put(all, "connection-lost", "the connection broke", "соединение прервалось");
    put(all, "timed-out", "there was no answer in time", "ответа вовремя не было");
    put(
        all,
        "tls-failed",
        "there was no safe connection",
        "не удалось установить защищённое соединение");
    put(all, "credentials-missing", "its credentials are not there", "нет доступов или секрета");
    put(all, "credentials-invalid", "its secret is of no use", "секрет непригоден");
    put(all, "talk-unknown", "there is no talk to say it in", "нет беседы, куда писать");
    put(all, "internal-error", "the executor failed", "внутренняя ошибка исполнителя");
    put(
        all,
        "journal-unavailable",
        "it could not be written down that it leaves",
        "не удалось записать, что действие отправляется");
    put(
        all,
        "journal-missing",
        "the job has no control database in which what leaves is written down",
        "у задания нет управляющей базы, в которую записывается отправка");
    put(
        all,
        "restarted-while-sending",
        "the executor was restarted meanwhile",
        "исполнитель в это время перезапустился");
    put(all, "not-readable", "nothing can tell", "проверить это нельзя");
    put(
        all,
        "outcome-forgotten",
        "it is so long ago that nobody knows what became of it",
        "это было так давно, что исход уже неизвестен");
  }

  private static void put(Map<String, Words> into, String reason, String english, String russian) {
    into.put(reason, new Words(english, russian));
  }
}
