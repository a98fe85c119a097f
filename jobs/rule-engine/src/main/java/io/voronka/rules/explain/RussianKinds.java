package io.voronka.rules.explain;

import io.voronka.rules.domain.condition.Anchor;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.EventKind;
import java.util.EnumMap;
import java.util.Map;

/**
 * Kinds of events.
 *
 * @param happens a clause: сделка создана
 * @param last the noun after "после последнего", with that word
 */
record RussianKinds(String happens, String noun, String genitive, String last) {
  private static final Map<EventKind, RussianKinds> WORDS = new EnumMap<>(EventKind.class);

  static {
    String table =
        """
        LEAD_CREATED|сделка создана|создание сделки|создания сделки
        LEAD_UPDATED|сделка изменена|изменение сделки|изменения сделки
        LEAD_STAGE_CHANGED|сделка перешла на новый этап|переход на новый этап|перехода на новый этап
        LEAD_RESPONSIBLE_CHANGED|у сделки сменился ответственный|смена ответственного|смены ответственного
        LEAD_DELETED|сделка удалена|удаление сделки|удаления сделки
        LEAD_RESTORED|сделка восстановлена|восстановление сделки|восстановления сделки
        CONTACT_CREATED|контакт создан|создание контакта|создания контакта
        CONTACT_UPDATED|контакт изменён|изменение контакта|изменения контакта
        CONTACT_RESPONSIBLE_CHANGED|у контакта сменился ответственный|смена ответственного контакта|смены ответственного контакта
        CONTACT_DELETED|контакт удалён|удаление контакта|удаления контакта
        CONTACT_RESTORED|контакт восстановлен|восстановление контакта|восстановления контакта
        COMPANY_CREATED|компания создана|создание компании|создания компании
        COMPANY_UPDATED|компания изменена|изменение компании|изменения компании
        COMPANY_RESPONSIBLE_CHANGED|у компании сменился ответственный|смена ответственного компании|смены ответственного компании
        COMPANY_DELETED|компания удалена|удаление компании|удаления компании
        COMPANY_RESTORED|компания восстановлена|восстановление компании|восстановления компании
        CUSTOMER_CREATED|покупатель создан|создание покупателя|создания покупателя
        CUSTOMER_UPDATED|покупатель изменён|изменение покупателя|изменения покупателя
        CUSTOMER_RESPONSIBLE_CHANGED|у покупателя сменился ответственный|смена ответственного покупателя|смены ответственного покупателя
        CUSTOMER_DELETED|покупатель удалён|удаление покупателя|удаления покупателя
        CUSTOMER_PERIOD_CHANGED|покупатель перешёл в другой период|смена периода покупателя|смены периода покупателя
        TASK_CREATED|задача создана|новая задача|новой задачи
        TASK_UPDATED|задача изменена|изменение задачи|изменения задачи
        TASK_COMPLETED|задача выполнена|выполнение задачи|выполнения задачи
        TASK_DELETED|задача удалена|удаление задачи|удаления задачи
        NOTE_ADDED|добавлено примечание|новое примечание|нового примечания
        CALL_RECEIVED|поступил звонок|входящий звонок|входящего звонка
        CALL_MADE|совершён звонок|исходящий звонок|исходящего звонка
        MESSAGE_RECEIVED|пришло сообщение|входящее сообщение|входящего сообщения
        MESSAGE_SENT|отправлено сообщение|исходящее сообщение|исходящего сообщения
        TALK_OPENED|открыта беседа|новая беседа|новой беседы
        TALK_UPDATED|беседа изменена|изменение беседы|изменения беседы
        INCOMING_LEAD_ADDED|поступила заявка в неразобранное|новая заявка|новой заявки
        INCOMING_LEAD_UPDATED|заявка изменена|изменение заявки|изменения заявки
        INCOMING_LEAD_ACCEPTED|заявка принята|принятие заявки|принятия заявки
        INCOMING_LEAD_DECLINED|заявка отклонена|отклонение заявки|отклонения заявки
        CATALOG_ITEM_CREATED|элемент списка создан|новый элемент списка|нового элемента списка
        CATALOG_ITEM_UPDATED|элемент списка изменён|изменение элемента списка|изменения элемента списка
        CATALOG_ITEM_DELETED|элемент списка удалён|удаление элемента списка|удаления элемента списка
        TEMPLATE_REVIEWED|проверен шаблон сообщения|проверка шаблона сообщения|проверки шаблона сообщения
        MAIL_RECEIVED|пришло письмо|входящее письмо|входящего письма
        SITE_VISITED|клиент посетил сайт|посещение сайта|посещения сайта
        CHAT_STARTED|начат чат|новый чат|нового чата
        CALL_TRIGGERED|звонок запустил воронку|звонок в воронке|звонка в воронке
        LEAD_IMPORTED|импортирована сделка|импорт сделки|импорта сделки
        CONTACT_IMPORTED|импортирован контакт|импорт контакта|импорта контакта
        COMPANY_IMPORTED|импортирована компания|импорт компании|импорта компании
        INTEGRATION_UNINSTALLED|интеграция удалена из аккаунта|удаление интеграции|удаления интеграции
        """;
    table
        .lines()
        .map(line -> line.split("\\|"))
        .forEach(
            words ->
                WORDS.put(
                    EventKind.valueOf(words[0]),
                    new RussianKinds(words[1], words[2], words[3], last(words[3]))));
  }

  static RussianKinds of(EventKind kind) {
    return WORDS.get(kind);
  }

  /** In the genitive. */
  static String since(Anchor anchor) {
    return switch (anchor.kind()) {
      case STAGE_ENTRY -> "перехода сделки на её этап";
      case CREATION -> "создания сделки";
      case EVENT -> of(anchor.event()).last();
      case DATE_FIELD -> "даты из " + date(anchor);
    };
  }

  static String date(Anchor anchor) {
    FieldRef field = anchor.field();
    boolean standard = field.naming() == FieldRef.Naming.STANDARD;
    return (standard ? "поля " : "доп. поля ") + field.name();
  }

  private static String last(String genitive) {
    boolean feminine =
        genitive.startsWith("новой ")
            || genitive.startsWith("смены ")
            || genitive.startsWith("проверки ");
    return (feminine ? "последней " : "последнего ") + genitive;
  }
}
