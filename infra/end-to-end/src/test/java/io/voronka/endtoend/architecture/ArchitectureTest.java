package io.voronka.endtoend.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who may import whom, and what may be where. Reads every module's compiled main classes, so that a
 * rule broken anywhere in the tree is found here.
 */
final class ArchitectureTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final JavaClasses CLASSES = new ClassFileImporter().importPaths(mainClasses());

  private static List<Path> mainClasses() {
    try (Stream<Path> paths = Files.walk(ROOT, 4)) {
      return paths
          .filter(path -> path.endsWith("target/classes"))
          .filter(Files::isDirectory)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyModuleIsLookedAt() throws IOException {
    List<String> modules =
        Files.readAllLines(ROOT.resolve("pom.xml")).stream()
            .filter(line -> line.contains("<module>") && !line.contains("parts/"))
            .filter(
                line -> !line.contains("change-capture-runtime") && !line.contains("end-to-end"))
            .map(line -> line.replaceAll(".*<module>(.*)</module>.*", "$1"))
            .toList();

    assertThat(
            mainClasses().stream()
                .map(path -> ROOT.relativize(path).getParent().getParent().toString()))
        .containsAll(modules);
    assertThat(CLASSES).hasSizeGreaterThan(200);
  }

  @Test
  void dependenciesPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.voronka..")
        .layer("schemas")
        .definedBy("io.voronka.schemas..")
        .layer("connectors")
        .definedBy("io.voronka.connectors..")
        .layer("rules")
        .definedBy("io.voronka.rules..")
        .layer("sequences")
        .definedBy("io.voronka.sequences..")
        .layer("jobs")
        .definedBy("io.voronka.jobs..")
        .layer("gateway")
        .definedBy("io.voronka.gateway..")
        .layer("infra")
        .definedBy("io.voronka.infra..")
        .whereLayer("infra")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("gateway")
        .mayOnlyBeAccessedByLayers("infra")
        .whereLayer("jobs")
        .mayOnlyBeAccessedByLayers("infra")
        .whereLayer("rules")
        .mayOnlyBeAccessedByLayers("sequences", "jobs", "infra")
        .whereLayer("sequences")
        .mayOnlyBeAccessedByLayers("jobs", "infra")
        .whereLayer("connectors")
        .mayOnlyBeAccessedByLayers("jobs", "gateway", "infra")
        .check(CLASSES);
  }

  @Test
  void noJobImportsAnother() {
    List<String> jobs =
        List.of("capturecontrol", "evaluaterules", "drivesequences", "executeactions");
    for (String job : jobs) {
      String[] others =
          jobs.stream()
              .filter(other -> !other.equals(job))
              .map(other -> "io.voronka.jobs." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("io.voronka.jobs." + job + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(CLASSES);
    }
  }

  @Test
  void theSandboxKnowsNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage("io.voronka.infra.sandbox..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.voronka..")
                .and(not(resideInAPackage("io.voronka.infra.sandbox.."))))
        .because("it is the independent witness")
        .check(CLASSES);
  }

  @Test
  void domainsAreFreeOfFlinkKafkaAndJson() {
    noClasses()
        .that()
        .resideInAPackage("..domain..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink..",
            "org.apache.kafka..",
            "com.fasterxml..",
            "com.networknt..",
            "io.vertx..")
        .check(CLASSES);
  }

  @Test
  void plainModulesAreFreeOfFlink() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.voronka.schemas..",
            "io.voronka.rules..",
            "io.voronka.sequences..",
            "io.voronka.gateway..",
            "io.voronka.connectors.crm..",
            "io.voronka.infra.sandbox..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.flink..")
        .check(CLASSES);
  }

  @Test
  void nothingIsNamedAfterNothing() {
    noClasses()
        .that()
        .resideInAPackage("io.voronka..")
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .check(CLASSES);
    noClasses()
        .should()
        .resideInAnyPackage(
            "..utils..", "..util..", "..common..", "..helper..", "..misc..", "..impl..")
        .check(CLASSES.that(resideInAPackage("io.voronka..")));
  }

  @Test
  void thereAreNoMutableStatics() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat(
            resideInAPackage("io.voronka..").and(not(resideInAPackage("io.voronka.schemas"))))
        .should()
        .beFinal()
        .check(CLASSES);
  }

  @Test
  void noCodecIsSharedByThreads() {
    noFields()
        .that()
        .haveRawType("io.voronka.schemas.RecordCodec")
        .should()
        .beStatic()
        .because("subtasks of one process share statics, and a codec uses its buffers again")
        .check(CLASSES);
  }

  @Test
  void pipelinesAndJobsLeaveUidsToTheirOperators() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("jobs"))) {
      List<Path> assemblers =
          files
              .filter(file -> file.toString().contains("/src/main/"))
              .filter(file -> file.toString().matches(".*(Pipeline|Job)\\.java"))
              .toList();
      assertThat(assemblers).hasSizeGreaterThanOrEqualTo(6);
      assertThat(assemblers).noneMatch(file -> text(file).contains(".uid("));
    }
  }

  @Test
  void onlyJobsFetchAnEnvironmentOrExecute() {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage("io.voronka.jobs..")
        .and()
        .haveName("main")
        .should()
        .beStatic()
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("io.voronka.jobs..")
        .and()
        .haveSimpleNameNotEndingWith("Job")
        .and()
        .resideOutsideOfPackage("io.voronka.jobs.kit..")
        .should()
        .callMethod(
            "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment",
            "getExecutionEnvironment")
        .check(CLASSES);
  }

  @Test
  void timeAndRandomnessAreHandedIn() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..domain..", "io.voronka.rules..", "io.voronka.sequences..", "io.voronka.schemas..")
        .should()
        .callMethod("java.time.Instant", "now")
        .orShould()
        .callMethod("java.lang.System", "currentTimeMillis")
        .orShould()
        .callMethod("java.util.UUID", "randomUUID")
        .orShould()
        .callMethod("java.lang.System", "getenv", "java.lang.String")
        .check(CLASSES);
  }

  @Test
  void everyPackageSaysWhatMayLiveInIt() throws IOException {
    for (Path classes : mainClasses()) {
      Path sources = classes.getParent().getParent().resolve("src/main/java");
      if (!Files.isDirectory(sources)) {
        continue;
      }
      try (Stream<Path> folders = Files.walk(sources).filter(Files::isDirectory)) {
        for (Path folder : folders.toList()) {
          try (Stream<Path> files = Files.list(folder)) {
            boolean hasClasses = files.anyMatch(file -> file.toString().endsWith(".java"));
            if (hasClasses) {
              assertThat(folder.resolve("package-info.java")).exists();
            }
          }
        }
      }
    }
  }

  @Test
  void filesStayShort() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<String> tooLong =
          files
              .filter(
                  file ->
                      file.toString().endsWith(".java") && !file.toString().contains("/target/"))
              .filter(file -> lines(file) > (file.toString().contains("/src/test/") ? 400 : 300))
              .map(file -> ROOT.relativize(file) + " has " + lines(file) + " lines")
              .toList();
      assertThat(tooLong).isEmpty();
    }
  }

  @Test
  void noTestSleepsAndNoneMocks() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      assertThat(
              files
                  .filter(
                      file ->
                          file.toString().contains("/src/test/")
                              && file.toString().endsWith(".java"))
                  .filter(file -> !file.endsWith("ArchitectureTest.java"))
                  .filter(
                      file ->
                          text(file).contains("Thread.sleep(")
                              || text(file).contains("org.mockito"))
                  .map(ROOT::relativize)
                  .toList())
          .isEmpty();
    }
  }

  private static long lines(Path file) {
    return text(file).lines().count();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
