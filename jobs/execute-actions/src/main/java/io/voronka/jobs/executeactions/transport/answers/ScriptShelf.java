package io.voronka.jobs.executeactions.transport.answers;

import io.voronka.schemas.ScriptRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * An agent's scripts in one language, found by what a client asks: words are compared by their
 * stems, those of the key phrases count most, then the title's. The text of a script alone does not
 * make it fit: it is full of words that are in every question.
 */
final class ScriptShelf {
  private static final String PHRASES = "phrases";
  private static final String TITLE = "title";
  private static final String BODY = "body";
  private static final String NUMBER = "number";
  private static final int LONGEST_QUESTION = 1000;
  private static final int MOST = 10;
  private static final float OF_THIS_STAGE = 3;

  private final List<ScriptRow> scripts;
  private final Analyzer analyzer;
  private final IndexSearcher searcher;

  private ScriptShelf(List<ScriptRow> scripts, Analyzer analyzer, IndexSearcher searcher) {
    this.scripts = scripts;
    this.analyzer = analyzer;
    this.searcher = searcher;
  }

  /**
   * @param locale ru or en, that of the scripts
   */
  static ScriptShelf of(List<ScriptRow> scripts, String locale) {
    Analyzer analyzer = locale.equals("ru") ? new RussianAnalyzer() : new EnglishAnalyzer();
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
      for (int number = 0; number < scripts.size(); number++) {
        ScriptRow script = scripts.get(number);
        Document document = new Document();
        document.add(new StoredField(NUMBER, number));
        String phrases = String.join("\n", script.getKeyPhrases());
        document.add(new TextField(PHRASES, plain(phrases), Field.Store.NO));
        document.add(new TextField(TITLE, plain(script.getTitle()), Field.Store.NO));
        document.add(new TextField(BODY, plain(script.getBody()), Field.Store.NO));
        writer.addDocument(document);
      }
      writer.commit();
      return new ScriptShelf(
          List.copyOf(scripts), analyzer, new IndexSearcher(DirectoryReader.open(directory)));
    } catch (IOException e) {
      throw new UncheckedIOException("an index in memory", e);
    }
  }

  /**
   * The scripts that fit, the best one first.
   *
   * @param stageId of the lead; null: unknown, and then scripts of certain stages do not fit
   */
  List<ScriptRow> find(String question, String stageId) {
    Query query = query(question);
    if (query == null) {
      return List.of();
    }
    try {
      List<Found> found = new ArrayList<>();
      // All of them: those of other stages are left out afterwards.
      TopDocs hits = searcher.search(query, Math.max(1, scripts.size()));
      for (ScoreDoc hit : hits.scoreDocs) {
        int number =
            searcher.storedFields().document(hit.doc).getField(NUMBER).numericValue().intValue();
        ScriptRow script = scripts.get(number);
        boolean anywhere = script.getStageIds().isEmpty();
        if (anywhere || stageId != null && script.getStageIds().contains(stageId)) {
          found.add(new Found(script, hit.score * (anywhere ? 1 : OF_THIS_STAGE)));
        }
      }
      return found.stream()
          .sorted(Comparator.comparingDouble(Found::score).reversed())
          .limit(MOST)
          .map(Found::script)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("an index in memory", e);
    }
  }

  private record Found(ScriptRow script, float score) {}

  /** Null when nothing of the question is worth looking for. */
  private Query query(String question) {
    String asked =
        plain(
            question.length() <= LONGEST_QUESTION
                ? question
                : question.substring(0, LONGEST_QUESTION));
    QueryBuilder builder = new QueryBuilder(analyzer);
    Query phrases = builder.createBooleanQuery(PHRASES, asked);
    if (phrases == null) {
      return null;
    }
    Query named =
        new BooleanQuery.Builder()
            .add(new BoostQuery(phrases, 3), Occur.SHOULD)
            .add(new BoostQuery(builder.createBooleanQuery(TITLE, asked), 2), Occur.SHOULD)
            .build();
    return new BooleanQuery.Builder()
        .add(named, Occur.MUST)
        .add(new BoostQuery(builder.createBooleanQuery(BODY, asked), 0.5f), Occur.SHOULD)
        .build();
  }

  /** People write е for ё as they like. */
  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replace('ё', 'е');
  }
}
