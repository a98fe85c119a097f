package io.voronka.infra.sandbox.kommo.state;

import io.voronka.infra.sandbox.kommo.model.AccountCard;
import io.voronka.infra.sandbox.kommo.model.ChatMessage;
import io.voronka.infra.sandbox.kommo.model.Contact;
import io.voronka.infra.sandbox.kommo.model.FeedEvent;
import io.voronka.infra.sandbox.kommo.model.Lead;
import io.voronka.infra.sandbox.kommo.model.Note;
import io.voronka.infra.sandbox.kommo.model.PipelineHook;
import io.voronka.infra.sandbox.kommo.model.Talk;
import io.voronka.infra.sandbox.kommo.model.Task;
import io.voronka.infra.sandbox.kommo.model.Token;
import io.voronka.infra.sandbox.kommo.model.Webhook;

/** What an after-image in the journal is of. The names are in files: never rename one. */
public enum ChangeKind {
  CARD(AccountCard.class),
  LEAD(Lead.class),
  CONTACT(Contact.class),
  TASK(Task.class),
  NOTE(Note.class),
  TALK(Talk.class),
  MESSAGE(ChatMessage.class),
  TOKEN(Token.class),
  WEBHOOK(Webhook.class),
  WEBHOOK_GONE(Webhook.class),
  PIPELINE_HOOK(PipelineHook.class),
  EVENT(FeedEvent.class);

  private final Class<?> type;

  ChangeKind(Class<?> type) {
    this.type = type;
  }

  public Class<?> type() {
    return type;
  }
}
