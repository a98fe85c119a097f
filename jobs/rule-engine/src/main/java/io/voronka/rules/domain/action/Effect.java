package io.voronka.rules.domain.action;

import io.voronka.rules.domain.subject.Contacts;
import io.voronka.rules.domain.subject.Facts;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.rules.domain.subject.Value;
import io.voronka.rules.domain.text.Text;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.AddNote;
import io.voronka.schemas.AddTags;
import io.voronka.schemas.AiResponse;
import io.voronka.schemas.CallWebhook;
import io.voronka.schemas.ChangeStage;
import io.voronka.schemas.CreateTask;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.FieldWrite;
import io.voronka.schemas.RunSalesbot;
import io.voronka.schemas.SendEmail;
import io.voronka.schemas.SendMessage;
import io.voronka.schemas.SequenceCall;
import io.voronka.schemas.UpdateField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an action does, with its parameters as the author gave them. Exactly one method of each kind
 * answers.
 */
public sealed interface Effect {

  ActionKind kind();

  default ChangeStage changeStage() {
    return null;
  }

  default UpdateField updateField(SubjectView view) {
    return null;
  }

  default CreateTask createTask(SubjectView view, long firedAt) {
    return null;
  }

  default SendMessage sendMessage(SubjectView view) {
    return null;
  }

  default CallWebhook webhook(SubjectView view) {
    return null;
  }

  default SendEmail sendEmail(SubjectView view) {
    return null;
  }

  default AiResponse aiResponse(SubjectView view) {
    return null;
  }

  default AddNote addNote(SubjectView view) {
    return null;
  }

  default AddTags addTags() {
    return null;
  }

  default RunSalesbot runSalesbot() {
    return null;
  }

  default SequenceCall sequence(SubjectView view) {
    return null;
  }

  /**
   * @param pipelineId null: the lead's present pipeline
   */
  record MoveStage(String pipelineId, String stageId) implements Effect {
    @Override
    public ActionKind kind() {
      return ActionKind.CHANGE_STAGE;
    }

    @Override
    public ChangeStage changeStage() {
      return new ChangeStage(pipelineId, stageId);
    }
  }

  /**
   * One field and what it becomes.
   *
   * @param texts values as texts, may name variables; empty with no enumerations: the field is
   *     cleared
   * @param enums enumeration values, told by id or code
   */
  record Write(FieldRef field, List<Text> texts, List<Value> enums) {
    FieldWrite filled(SubjectView view) {
      List<FieldValue> values = new ArrayList<>();
      for (Text text : texts) {
        values.add(new FieldValue(text.fill(view), null, null));
      }
      for (Value value : enums) {
        values.add(new FieldValue(null, value.enumId(), value.enumCode()));
      }
      String name = field.name();
      return switch (field.naming()) {
        case STANDARD -> new FieldWrite(name, null, null, values);
        case CUSTOM_ID -> new FieldWrite(null, name, null, values);
        case CUSTOM_CODE -> new FieldWrite(null, null, name, values);
      };
    }
  }

  /** Sets or clears fields of the subject, in one request. */
  record WriteFields(List<Write> writes) implements Effect {
    @Override
    public ActionKind kind() {
      return ActionKind.UPDATE_FIELD;
    }

    @Override
    public UpdateField updateField(SubjectView view) {
      List<FieldWrite> filled = new ArrayList<>(writes.size());
      for (Write write : writes) {
        filled.add(write.filled(view));
      }
      return new UpdateField(filled);
    }
  }

  /**
   * @param dueMillis deadline after the moment the rule fired
   */
  record AskTask(Text text, long dueMillis, String taskTypeId, String responsibleUserId)
      implements Effect {
    @Override
    public ActionKind kind() {
      return ActionKind.CREATE_TASK;
    }

    @Override
    public CreateTask createTask(SubjectView view, long firedAt) {
      return new CreateTask(text.fill(view), firedAt + dueMillis, taskTypeId, responsibleUserId);
    }
  }

  /**
   * @param talkId null: the talk that the subject was last heard in
   */
  record SayInTalk(Text text, String talkId) implements Effect {
    @Override
    public ActionKind kind() {
      return ActionKind.SEND_MESSAGE;
    }

    @Override
    public SendMessage sendMessage(SubjectView view) {
      return new SendMessage(text.fill(view), talkId == null ? view.after().talkId() : talkId);
    }
  }

  /**
   * Calls an address outside; the address itself has no variables, so that its host is known.
   *
   * @param signWith the tenant's signing key, null: not signed
   */
  record CallAddress(
      String url, Map<String, String> headers, String contentType, Text body, String signWith)
      implements Effect {
    @Override
    public ActionKind kind() {
      return ActionKind.WEBHOOK;
    }

    @Override
    public CallWebhook webhook(SubjectView view) {
      boolean json = contentType.contains("json");
      String filled = json ? body.fillJson(view) : body.fill(view);
      return new CallWebhook(url, new LinkedHashMap<>(headers), contentType, filled, signWith);
    }
  }

  /**
   * Sends a mail.
   *
   * @param senderId the tenant's mail sender
   * @param html null: the text alone
   */
  record Mail(String senderId, Text to, Text subject, Text text, Text html) implements Effect {
    @Override
    public ActionKind kind() {
      return ActionKind.SEND_EMAIL;
    }

    @Override
    public SendEmail sendEmail(SubjectView view) {
      return new SendEmail(
          senderId,
          to.fill(view),
          subject.fill(view),
          text.fill(view),
          html == null ? null : html.fillHtml(view));
    }
  }

  /**
   * Has the rule's agent answer.
   *
   * @param talkId null: the talk that the subject was last heard in
   */
  record Answer(Text question, String talkId) implements Effect {
    @Override
    public ActionKind kind() {
      return ActionKind.AI_RESPONSE;
    }

    @Override
    public AiResponse aiResponse(SubjectView view) {
      Contacts.Contact contact = view.contact();
      return new AiResponse(
          question.fill(view),
          talkId == null ? view.after().talkId() : talkId,
          Facts.of(view.subject().id(), view.after()),
          contact.id() == null ? null : Facts.of(contact.id(), contact.state()));
    }
  }

  /** Adds a note to the subject. */
  record WriteNote(Text text) implements Effect {
    @Override
    public ActionKind kind() {
      return ActionKind.ADD_NOTE;
    }

    @Override
    public AddNote addNote(SubjectView view) {
      return new AddNote(text.fill(view));
    }
  }

  /** Adds tags to the subject and keeps those it has. */
  record Tag(List<String> tags) implements Effect {
    @Override
    public ActionKind kind() {
      return ActionKind.ADD_TAGS;
    }

    @Override
    public AddTags addTags() {
      return new AddTags(new ArrayList<>(tags));
    }
  }

  /** Starts one of the CRM's own bots on the subject. */
  record StartBot(String botId) implements Effect {
    @Override
    public ActionKind kind() {
      return ActionKind.RUN_SALESBOT;
    }

    @Override
    public RunSalesbot runSalesbot() {
      return new RunSalesbot(botId);
    }
  }

  /**
   * Has the subject begin a sequence, or end it.
   *
   * @param kind START_SEQUENCE or STOP_SEQUENCE
   * @param key of the run that is meant; null: it has none, or all are meant
   */
  record CallSequence(ActionKind kind, String sequenceId, Text key) implements Effect {
    @Override
    public SequenceCall sequence(SubjectView view) {
      return new SequenceCall(sequenceId, key == null ? null : key.fill(view));
    }
  }
}
