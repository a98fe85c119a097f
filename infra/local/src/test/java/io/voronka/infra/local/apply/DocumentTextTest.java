package io.voronka.infra.local.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written can be read again, and what other programs write can be read. */
class DocumentTextTest {
  private static final List<String> TEXTS =
      List.of(
          "18:00",
          "21:00:05",
          "2024",
          "12345",
          "1e3",
          "1_000",
          "0x1F",
          "0b11",
          ".5",
          "1.",
          ".inf",
          "true",
          "yes",
          "null",
          "~",
          "",
          " ",
          "- a",
          "a: b",
          "# a",
          "one\ntwo\n\n",
          "one\ntwo",
          "\n",
          " a\n  b \n",
          "a\r\nb",
          "Привет, «мир» — 😀",
          "\"'\\/\t",
          "---",
          "...\n---\n");

  @TempDir private Path folder;

  @Test
  void everyTextComesBackAsItWas() throws IOException {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("kind", "Tenant").put("number", 5).put("decimal", 1.5).put("flag", true);
    TEXTS.forEach(document.putArray("texts")::add);
    for (int i = 0; i < TEXTS.size(); i++) {
      document.put("text" + i, TEXTS.get(i));
    }
    String yaml = DocumentWriter.yaml().write(document);
    String json = DocumentWriter.json().write(document);

    assertThat(read("two.yaml", yaml + yaml))
        .extracting(read -> read.body().toString())
        .containsExactly(document.toString(), document.toString());
    assertThat(read("two.json", json + json))
        .extracting(read -> read.body().toString())
        .containsExactly(document.toString(), document.toString());
  }

  @Test
  void linesOfEveryJsonValueAreThoseOfTheFile() throws IOException {
    List<Document> documents =
        read(
            "a.json",
            "{\"kind\":\"Tenant\"}\n{\n \"kind\":\"Agent\"}\n\n{\"url\":\"https:\\/\\/a\\\\/b\"}");

    assertThat(documents).extracting(Document::line).containsExactly(1, 2, 5);
    assertThat(documents.get(1).problem("/kind", "x").line()).isEqualTo(3);
    assertThat(documents.get(2).body().path("url").asText()).isEqualTo("https://a\\/b");
  }

  @Test
  void whatAMountedFolderHasBehindItsLinksIsReadOnce() throws IOException {
    Path version = Files.createDirectory(folder.resolve("..2026_01"));
    Files.writeString(version.resolve("rules.yaml"), "kind: Tenant\n");
    Files.createSymbolicLink(folder.resolve("..data"), version.getFileName());
    Files.createSymbolicLink(folder.resolve("rules.yaml"), Path.of("..data", "rules.yaml"));

    assertThat(new DocumentReader().read(folder)).hasSize(1);
  }

  private List<Document> read(String name, String text) throws IOException {
    DocumentReader reader = new DocumentReader();
    List<Document> documents = reader.read(Files.writeString(folder.resolve(name), text));
    assertThat(reader.problems()).isEmpty();
    return documents;
  }

  @Test
  void whatIsMergedIsOverriddenByWhatIsWrittenBesideIt() throws IOException {
    Path file = folder.resolve("merged.yaml");
    Files.writeString(
        file,
        """
        kind: Tenant
        base: &base {name: Base, locale: ru, limits: {times: 3}}
        more: &more {locale: en, active: true}
        first:
          <<: *base
          name: First
        second:
          name: Second
          <<: [*more, *base]
        """);

    ObjectNode body = new DocumentReader().read(file).get(0).body();

    assertThat(body.path("first"))
        .hasToString("{\"name\":\"First\",\"locale\":\"ru\",\"limits\":{\"times\":3}}");
    assertThat(body.path("second").path("name").asText()).isEqualTo("Second");
    assertThat(body.path("second").path("locale").asText()).isEqualTo("en");
    assertThat(body.path("second").path("limits").path("times").asInt()).isEqualTo(3);
    assertThat(body.path("second").path("active").asBoolean()).isTrue();
  }

  @Test
  void linksAreFollowedAndThoseThatLeadNowhereAreTold() throws IOException {
    Path shared = Files.createDirectories(folder.resolve("shared"));
    Path asked = Files.createDirectories(folder.resolve("asked"));
    Files.writeString(shared.resolve("a.yaml"), "kind: Tenant\nid: acme\nname: A\n");
    Files.createSymbolicLink(asked.resolve("rules"), shared);
    Files.createSymbolicLink(asked.resolve("gone.yaml"), folder.resolve("nowhere"));
    Files.createSymbolicLink(asked.resolve("round"), asked);
    DocumentReader reader = new DocumentReader();

    assertThat(reader.read(asked)).extracting(Document::line).containsExactly(1);
    assertThat(reader.problems())
        .extracting(problem -> asked.relativize(problem.file()) + ": " + problem.message())
        .containsExactlyInAnyOrder(
            "gone.yaml: cannot be read: it is not there, or a link that leads nowhere",
            "round: a link to a folder that it is in");
  }

  @Test
  void onlyMappingsCanBeMerged() throws IOException {
    Path file = folder.resolve("wrong.yaml");
    Files.writeString(file, "kind: Tenant\nlist: &list [a]\n<<: *list\n");
    DocumentReader reader = new DocumentReader();

    assertThat(reader.read(file)).hasSize(1);
    assertThat(reader.broken().mayDescribe("Tenant", "any")).isTrue();
    assertThat(reader.problems())
        .extracting(Problem::toString)
        .singleElement()
        .asString()
        .contains("wrong.yaml:2", "/<<", "must be a mapping");
  }
}
