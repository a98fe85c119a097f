package io.voronka.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Every schema version that was ever released, from {@code schema-history/} in this jar, and the
 * records of the present build.
 */
public final class ReleasedSchemas implements SchemaDirectory {
  /** The records that travel on topics of their own. */
  public static final List<Class<? extends SpecificRecordBase>> TOP_LEVEL =
      List.of(
          WebhookReceived.class,
          CrmEvent.class,
          RuleDecided.class,
          CommandRequested.class,
          ActionRequested.class,
          ActionCompleted.class,
          ActionQueued.class,
          SequenceProgressed.class,
          UsageEvent.class,
          AlertRaised.class,
          ControlChange.class,
          RuleQuarantined.class,
          RecordRejected.class,
          SchemaPublished.class);

  private static final ReleasedSchemas INSTANCE = new ReleasedSchemas();

  private final Map<Long, Schema> byFingerprint = new HashMap<>();
  private final Map<String, Schema> history = new LinkedHashMap<>();

  private ReleasedSchemas() {
    for (String file : lines("/schema-history/index.txt")) {
      Schema schema = new Schema.Parser().parse(text("/schema-history/" + file));
      history.put(file, schema);
      byFingerprint.put(Fingerprints.of(schema), schema);
    }
    for (Class<? extends SpecificRecordBase> type : TOP_LEVEL) {
      Schema schema = current(type);
      byFingerprint.put(Fingerprints.of(schema), schema);
    }
  }

  public static ReleasedSchemas instance() {
    return INSTANCE;
  }

  /** The schema of this build's generated class. */
  public static Schema current(Class<? extends SpecificRecordBase> type) {
    return new org.apache.avro.specific.SpecificData(type.getClassLoader()).getSchema(type);
  }

  @Override
  public Optional<Schema> find(long fingerprint) {
    return Optional.ofNullable(byFingerprint.get(fingerprint));
  }

  /** All versions known to this build. */
  public Collection<Schema> all() {
    return Collections.unmodifiableCollection(byFingerprint.values());
  }

  /** File name ({@code CrmEvent-0001.avsc}) to schema, oldest first per record. */
  Map<String, Schema> history() {
    return Collections.unmodifiableMap(history);
  }

  private static List<String> lines(String resource) {
    return text(resource).lines().filter(line -> !line.isBlank()).toList();
  }

  private static String text(String resource) {
    try (InputStream in = ReleasedSchemas.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing from the schemas jar: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
