package io.voronka.jobs.executeactions.transport.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.ActionTransport;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.AgentRow;
import io.voronka.schemas.AiResponse;
import io.voronka.schemas.KnownEntity;
import io.voronka.schemas.ScriptCategory;
import io.voronka.schemas.ScriptRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScriptAnswersTest {
  private static final AgentRow ANNA =
      new AgentRow("acme", "anna", "main", "Анна", true, false, 0L);
  private static final List<ScriptRow> SCRIPTS =
      List.of(
          script(
              "price",
              "ru",
              "Сколько стоит",
              "Пришлю предложение сегодня.",
              List.of(),
              "сколько стоит",
              "какая цена",
              "стоимость",
              "прайс"),
          script(
              "price-at-offer",
              "ru",
              "Цена в предложении",
              "Цена указана в предложении: {{ lead.price | money: 'RUB' }}.",
              List.of("64100400"),
              "сколько стоит",
              "какая цена"),
          script(
              "expensive",
              "ru",
              "Возражение: дорого",
              "Понимаю{% if contact.name %}, {{ contact.name }}{% endif %}. Посмотрим, из чего складывается цена.",
              List.of(),
              "дорого",
              "слишком высокая цена",
              "дешевле"),
          script(
              "delivery",
              "ru",
              "Доставка",
              "Доставляем за 3 дня.",
              List.of(),
              "доставка",
              "срок доставки",
              "когда привезёте"),
          script(
              "nameless",
              "ru",
              "Гарантия",
              "{{ lead.name }}, гарантия два года.",
              List.of(),
              "гарантия"),
          script(
              "price-en",
              "en",
              "How much is it",
              "An offer comes today, by {{ agent.name }}.",
              List.of(),
              "how much",
              "price",
              "what does it cost"),
          script(
              "delivery-en",
              "en",
              "Delivery",
              "It takes 3 days.",
              List.of(),
              "delivery",
              "shipping",
              "when will it arrive"));

  private final Messages messages = new Messages();
  private final AnswerTransport transport = AnswerTransport.fromScripts(messages);

  @AfterEach
  void close() {
    transport.close();
  }

  @ParameterizedTest
  @CsvSource({
    "А сколько будет стоить?,                 price",
    "Подскажите стоимости услуг,              price",
    "прайсы есть?,                            price",
    "'Ой, для нас это дорого...',             expensive",
    "дешевле бывает?,                         expensive",
    "Когда вы привезете заказ?,               delivery",
    "Какие у вас сроки доставки,              delivery",
    "How much does it cost?,                  price-en",
    "Your prices please,                      price-en",
    "when does my order arrive,               delivery-en",
    "Спасибо!,                                ",
    "Посмотрим сегодня,                       ",
    "???,                                     ",
  })
  void theScriptThatFitsTheQuestionIsUsed(String question, String script) throws Exception {
    SendResult result = answer(question, Map.of(), SCRIPTS);

    if (script == null) {
      assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.DENIED);
      assertThat(result.reason()).isEqualTo(Reason.NO_SCRIPT_FITS);
      assertThat(messages.said).isEmpty();
    } else {
      assertThat(result.scripts()).containsExactly(script);
      assertThat(messages.said).hasSize(1);
    }
  }

  @Test
  void aScriptOfTheLeadsStageGoesBeforeOneOfAnyStage() throws Exception {
    assertThat(
            answer("Сколько стоит?", Map.of("status_id", "64100400", "price", "1500"), SCRIPTS)
                .scripts())
        .containsExactly("price-at-offer");
    assertThat(messages.said.get(0)).startsWith("Цена указана в предложении: 1").endsWith("₽.");
    assertThat(answer("Сколько стоит?", Map.of("status_id", "1"), SCRIPTS).scripts())
        .containsExactly("price");
  }

  @Test
  void whatCannotBeFilledIsPassedOver() throws Exception {
    assertThat(answer("Сколько стоит?", Map.of("status_id", "64100400"), SCRIPTS).scripts())
        .containsExactly("price");
    SendResult nameless = answer("Есть гарантия?", Map.of(), SCRIPTS);

    assertThat(nameless.reason()).isEqualTo(Reason.NO_SCRIPT_FITS);
    assertThat(nameless.detail()).contains("nameless needs").contains("lead.name");
  }

  @Test
  void variablesAreWhatWasKnownWhenTheRuleFired() throws Exception {
    answer("Это дорого", Map.of(), SCRIPTS);
    answer("how much", Map.of(), SCRIPTS);

    assertThat(messages.said)
        .containsExactly(
            "Понимаю, Мария. Посмотрим, из чего складывается цена.",
            "An offer comes today, by Анна.");
  }

  @Test
  void aChangedScriptIsUsedAtOnce() throws Exception {
    answer("доставка?", Map.of(), SCRIPTS);
    List<ScriptRow> changed = new ArrayList<>(SCRIPTS);
    changed.set(3, ScriptRow.newBuilder(SCRIPTS.get(3)).setBody("Доставляем за день.").build());
    answer("доставка?", Map.of(), changed);

    assertThat(messages.said).containsExactly("Доставляем за 3 дня.", "Доставляем за день.");
  }

  @Test
  void anAgentWithoutScriptsSaysNothing() throws Exception {
    assertThat(answer("Сколько стоит?", Map.of(), List.of()).reason())
        .isEqualTo(Reason.NO_SCRIPT_FITS);
  }

  @Test
  void whatTheTalkSaysAboutTheMessageIsWhatBecameOfTheAnswer() throws Exception {
    messages.next = SendResult.unclear(null, Reason.TIMED_OUT, "no answer");

    SendResult result = answer("доставка?", Map.of(), SCRIPTS);

    assertThat(result.kind()).isEqualTo(SendResult.Kind.UNCLEAR);
    assertThat(result.scripts()).containsExactly("delivery");
  }

  private SendResult answer(String question, Map<String, String> lead, List<ScriptRow> scripts)
      throws Exception {
    ActionRequested request =
        Requests.builder(ActionKind.AI_RESPONSE, "a")
            .setAiResponse(
                new AiResponse(
                    question,
                    "55",
                    new KnownEntity("100", lead, List.of()),
                    new KnownEntity("7", Map.of("name", "Мария"), List.of())))
            .build();
    Means means =
        Means.of(Requests.tenant().build(), Requests.account().build()).with(ANNA, scripts);
    return transport.send(request, means).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static ScriptRow script(
      String id, String locale, String title, String body, List<String> stages, String... phrases) {
    return new ScriptRow(
        "acme", "anna", id, title, body, ScriptCategory.OFFER, stages, List.of(phrases), locale);
  }

  /** Takes messages and says what became of them. */
  private static final class Messages implements ActionTransport {
    final List<String> said = new ArrayList<>();
    SendResult next = SendResult.done(200, "m");

    @Override
    public CompletionStage<SendResult> send(ActionRequested request, Means means) {
      assertThat(request.getKind()).isEqualTo(ActionKind.SEND_MESSAGE);
      assertThat(request.getSendMessage().getTalkId()).isEqualTo("55");
      said.add(request.getSendMessage().getText());
      return CompletableFuture.completedFuture(next);
    }

    @Override
    public CompletionStage<ReadResult> read(ActionRequested request, Means means, long since) {
      return CompletableFuture.completedFuture(ReadResult.absent());
    }

    @Override
    public void close() {}
  }
}
