package io.voronka.infra.local.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Remembers what it is told. */
final class RecordingListener implements ImportListener {
  final List<String> changes = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  final List<ImportProgress> finished = new ArrayList<>();
  Consumer<ImportProgress> onAdvance = progress -> {};

  @Override
  public void catalogue(String account, List<String> differences) {
    changes.addAll(differences);
  }

  @Override
  public void began(String account, ImportedKind kind, ImportProgress progress) {}

  @Override
  public void advanced(String account, ImportedKind kind, ImportProgress progress) {
    onAdvance.accept(progress);
  }

  @Override
  public void finished(String account, ImportedKind kind, ImportProgress progress) {
    finished.add(progress);
  }

  @Override
  public void note(String text) {
    notes.add(text);
  }
}
