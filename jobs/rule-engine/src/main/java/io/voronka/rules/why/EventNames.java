package io.voronka.rules.why;

import io.voronka.schemas.EventKind;

/** Kinds of events for readers. */
final class EventNames {
  private EventNames() {}

  static String english(EventKind kind) {
    return switch (kind) {
      case LEAD_CREATED -> "lead created";
      case LEAD_UPDATED -> "lead updated";
      case LEAD_RESPONSIBLE_CHANGED -> "lead given to another user";
      case LEAD_DELETED -> "lead deleted";
      case LEAD_RESTORED -> "lead restored";
      case CONTACT_CREATED -> "contact created";
      case CONTACT_UPDATED -> "contact updated";
      case CONTACT_RESPONSIBLE_CHANGED -> "contact given to another user";
      case CONTACT_DELETED -> "contact deleted";
      case CONTACT_RESTORED -> "contact restored";
      case COMPANY_CREATED -> "company created";
      case COMPANY_UPDATED -> "company updated";
      case COMPANY_RESPONSIBLE_CHANGED -> "company given to another user";
      case COMPANY_DELETED -> "company deleted";
      case COMPANY_RESTORED -> "company restored";
      case CUSTOMER_CREATED -> "customer created";
      case CUSTOMER_UPDATED -> "customer updated";
      case CUSTOMER_RESPONSIBLE_CHANGED -> "customer given to another user";
      case CUSTOMER_DELETED -> "customer deleted";
      case LEAD_STAGE_CHANGED -> "stage changed";
      case CUSTOMER_PERIOD_CHANGED -> "customer period changed";
      case TASK_CREATED -> "task created";
      case TASK_UPDATED -> "task updated";
      case TASK_COMPLETED -> "task completed";
      case TASK_DELETED -> "task deleted";
      case NOTE_ADDED -> "note added";
      case CALL_RECEIVED -> "incoming call";
      case CALL_MADE -> "outgoing call";
      case MESSAGE_RECEIVED -> "incoming message";
      case MESSAGE_SENT -> "outgoing message";
      case TALK_OPENED -> "talk opened";
      case TALK_UPDATED -> "talk updated";
      case INCOMING_LEAD_ADDED -> "incoming lead";
      case INCOMING_LEAD_UPDATED -> "incoming lead updated";
      case INCOMING_LEAD_ACCEPTED -> "incoming lead accepted";
      case INCOMING_LEAD_DECLINED -> "incoming lead declined";
      case CATALOG_ITEM_CREATED -> "catalog item created";
      case CATALOG_ITEM_UPDATED -> "catalog item updated";
      case CATALOG_ITEM_DELETED -> "catalog item deleted";
      case TEMPLATE_REVIEWED -> "template reviewed";
      case MAIL_RECEIVED -> "incoming mail";
      case SITE_VISITED -> "visit of the site";
      case CHAT_STARTED -> "chat started";
      case CALL_TRIGGERED -> "call";
      case LEAD_IMPORTED -> "lead imported";
      case CONTACT_IMPORTED -> "contact imported";
      case COMPANY_IMPORTED -> "company imported";
      case INTEGRATION_UNINSTALLED -> "integration removed";
      case TICK -> "tick";
      case UNKNOWN -> "unknown event";
    };
  }

  static String russian(EventKind kind) {
    return switch (kind) {
      case LEAD_CREATED -> "создание сделки";
      case LEAD_UPDATED -> "изменение сделки";
      case LEAD_RESPONSIBLE_CHANGED -> "смена ответственного у сделки";
      case LEAD_DELETED -> "удаление сделки";
      case LEAD_RESTORED -> "восстановление сделки";
      case CONTACT_CREATED -> "создание контакта";
      case CONTACT_UPDATED -> "изменение контакта";
      case CONTACT_RESPONSIBLE_CHANGED -> "смена ответственного у контакта";
      case CONTACT_DELETED -> "удаление контакта";
      case CONTACT_RESTORED -> "восстановление контакта";
      case COMPANY_CREATED -> "создание компании";
      case COMPANY_UPDATED -> "изменение компании";
      case COMPANY_RESPONSIBLE_CHANGED -> "смена ответственного у компании";
      case COMPANY_DELETED -> "удаление компании";
      case COMPANY_RESTORED -> "восстановление компании";
      case CUSTOMER_CREATED -> "создание покупателя";
      case CUSTOMER_UPDATED -> "изменение покупателя";
      case CUSTOMER_RESPONSIBLE_CHANGED -> "смена ответственного у покупателя";
      case CUSTOMER_DELETED -> "удаление покупателя";
      case LEAD_STAGE_CHANGED -> "смена этапа";
      case CUSTOMER_PERIOD_CHANGED -> "смена периода покупателя";
      case TASK_CREATED -> "создание задачи";
      case TASK_UPDATED -> "изменение задачи";
      case TASK_COMPLETED -> "выполнение задачи";
      case TASK_DELETED -> "удаление задачи";
      case NOTE_ADDED -> "новое примечание";
      case CALL_RECEIVED -> "входящий звонок";
      case CALL_MADE -> "исходящий звонок";
      case MESSAGE_RECEIVED -> "входящее сообщение";
      case MESSAGE_SENT -> "исходящее сообщение";
      case TALK_OPENED -> "новая беседа";
      case TALK_UPDATED -> "изменение беседы";
      case INCOMING_LEAD_ADDED -> "неразобранная заявка";
      case INCOMING_LEAD_UPDATED -> "изменение неразобранной заявки";
      case INCOMING_LEAD_ACCEPTED -> "принятие неразобранной заявки";
      case INCOMING_LEAD_DECLINED -> "отклонение неразобранной заявки";
      case CATALOG_ITEM_CREATED -> "создание элемента каталога";
      case CATALOG_ITEM_UPDATED -> "изменение элемента каталога";
      case CATALOG_ITEM_DELETED -> "удаление элемента каталога";
      case TEMPLATE_REVIEWED -> "проверка шаблона";
      case MAIL_RECEIVED -> "входящее письмо";
      case SITE_VISITED -> "посещение сайта";
      case CHAT_STARTED -> "начало чата";
      case CALL_TRIGGERED -> "звонок";
      case LEAD_IMPORTED -> "импорт сделки";
      case CONTACT_IMPORTED -> "импорт контакта";
      case COMPANY_IMPORTED -> "импорт компании";
      case INTEGRATION_UNINSTALLED -> "удаление интеграции";
      case TICK -> "отсчёт времени";
      case UNKNOWN -> "неизвестное событие";
    };
  }
}
