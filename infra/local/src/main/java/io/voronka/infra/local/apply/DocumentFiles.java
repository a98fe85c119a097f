package io.voronka.infra.local.apply;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Where the documents are. A file that is left out unseen would be a rule that is not there. */
final class DocumentFiles {
  private static final Pattern NAMED = Pattern.compile(".*\\.(ya?ml|json)", Pattern.DOTALL);

  private DocumentFiles() {}

  /**
   * The file itself, or the .yaml, .yml and .json files of a folder in the order of their names.
   *
   * @param problems told of what cannot be looked at
   */
  static List<Path> in(Path fileOrFolder, Consumer<Problem> problems) throws IOException {
    if (!Files.isDirectory(fileOrFolder)) {
      return List.of(fileOrFolder);
    }
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        fileOrFolder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isHidden(fileOrFolder.relativize(folder))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // A link that leads nowhere stays a link; reading it will say so.
            boolean readable = attributes.isRegularFile() || attributes.isSymbolicLink();
            if (readable
                && NAMED.matcher(file.toString()).matches()
                && !isHidden(file.getFileName())) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            if (!isHidden(file.getFileName())) {
              problems.accept(new Problem(file, 1, "", reason(failure)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files.stream().sorted().toList();
  }

  /** For people. */
  static String reason(IOException failure) {
    if (failure instanceof FileSystemLoopException) {
      return "a link to a folder that it is in";
    }
    if (failure instanceof NoSuchFileException) {
      return "cannot be read: it is not there, or a link that leads nowhere";
    }
    return failure instanceof AccessDeniedException
        ? "cannot be read: access is denied"
        : "cannot be read (" + failure.getClass().getSimpleName() + ")";
  }

  /** As what stands behind the links of a folder that Kubernetes mounts from a ConfigMap. */
  private static boolean isHidden(Path within) {
    for (Path name : within) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
