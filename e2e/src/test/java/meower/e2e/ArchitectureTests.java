package meower.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meower.operations.connection.Terminal;
import meower.schema.MeowEventJson;
import meower.standalone.launcher.Console;
import meower.standalone.stack.ProjectLayout;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Rules of the structure, each with its reason. */
class ArchitectureTests {

  /** Modules whose rooms are in order; the others are to follow. */
  private static final List<String> TIDY_MODULES =
      List.of(
          "command-service",
          "query-service",
          "query-model",
          "pusher-service",
          "program-service",
          "shared-schema",
          "shared-search",
          "shared-work",
          "shared-signing",
          "shared-nats",
          "shared-stream",
          "shared-web",
          "shared-database",
          "operations");

  private static final int MOST_FILES = 20;

  private static final Set<String> PRINTERS =
      Set.of("java.io.PrintStream", "java.io.PrintWriter", "java.io.Console");

  /**
   * Tomcat and the logging make some of them by their names, the script starts one, tests make one.
   */
  private static final Set<String> MADE_BY_OTHERS =
      Set.of(
          "meower.operations.connection.Settings",
          "meower.pusher.socket.ForgettingProtocol",
          "meower.web.ProblemReportValve",
          "meower.web.log.PrintableMessage",
          "meower.web.log.PrintableException",
          "meower.operations.Operations");

  /** Nothing but constants, which the compiler copies to whoever uses them. */
  private static final Set<String> CONSTANTS =
      Set.of(
          "meower.query.model.IndexRequests",
          "meower.query.model.audit.IndexAuditRequests",
          "meower.operations.connection.ExitStatus",
          "meower.schema.presence.PresenceRequests",
          "meower.schema.queue.QueueRequests");

  private static final JavaClasses MEOWER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("meower");

  private static final JavaClasses TESTS = new ClassFileImporter().importPaths(testClasses());

  @Test
  void servicesDoNotKnowEachOther() {
    check(
        slices()
            .matching("meower.(command|query|pusher|program)..")
            .should()
            .notDependOnEachOther()
            .because(
                "they are deployed and restarted one by one and share nothing but the contract"));
  }

  @Test
  void theContractIsFreeOfFrameworksAndInput() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("meower.schema..", "meower.query.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.springframework..",
                "io.nats..",
                "java.net..",
                "java.sql..",
                "meower.work..",
                "meower.nats..",
                "meower.stream..",
                "meower.web..",
                "meower.database..")
            .because("whoever reads or writes an event must not need a server for it"));
  }

  @Test
  void theQuerySideReadsNothingOfTheCommandSide() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("meower.query..", "meower.pusher..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.sql..", "javax.sql..", "org.postgresql..", "org.springframework.jdbc..")
            .because("what it knows comes from the stream, so that it can be built anew from it"));
  }

  @Test
  void theCommandSideDoesNotKnowTheReadModel() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("meower.command..", "meower.program..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("co.elastic..")
            .because("a post must not depend on the search being there"));
  }

  @Test
  void operatorsCommandsReachNobodysStorage() {
    check(
        noClasses()
            .that()
            .resideInAPackage("meower.operations..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.sql..",
                "javax.sql..",
                "org.postgresql..",
                "co.elastic..",
                "org.elasticsearch..",
                "java.net.http..",
                "meower.standalone.server..")
            .because("they ask the owners, over NATS: one address, and no password"));
  }

  /** What they print may have been written by strangers, and both escape it. */
  @Test
  void oneDoorLeadsToATerminal() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("meower.operations..", "meower.standalone..")
            .and()
            .doNotHaveFullyQualifiedName(Terminal.class.getName())
            .and()
            .doNotHaveFullyQualifiedName("meower.operations.connection.Terminal$Guarded")
            .and()
            .doNotHaveFullyQualifiedName(Console.class.getName())
            .should()
            .callMethodWhere(
                describe(
                    "prints",
                    call ->
                        PRINTERS.contains(call.getTargetOwner().getName())
                            && call.getName().matches("print(ln|f)?|append|format|write")))
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .because("whoever prints past it forgets to escape"));
  }

  @Test
  void oneRoomCallsWhatProgramsChose() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "meower.program.outbound..",
                "meower.query.elasticsearch..",
                "meower.standalone..",
                "meower.tls..", // looks at the certificates of connections that others made
                "meower.testservers..",
                "meower.e2e..",
                "meower.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.net.http..",
                "okhttp3..",
                "org.apache.http.impl..",
                "org.apache.hc..",
                "org.springframework.web.client..",
                "org.springframework.web.reactive.function.client..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(
                "java\\.net\\.(URLConnection|HttpURLConnection|Socket)"
                    + "|org\\.elasticsearch\\.client\\.RestClient.*")
            .because("what is called for a program has to be looked at, and only there it is"));
  }

  @Test
  void onePlaceBelievesMessagesOfTheStream() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "meower.stream.signing..",
                "meower.operations.audit..", // compares with Postgres, which it believes
                "meower.e2e..",
                "meower.bench..")
            .should()
            .callMethod(MeowEventJson.class, "decode", String.class, byte[].class)
            .because("it is the command service's only if its signature says so"));
  }

  /**
   * Slices of a pattern leave out the packages above them; these have every class at each depth.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void roomsAreFreeOfCyclesAtEveryLevel(int depth) {
    check(
        slices()
            .assignedFrom(new Rooms(depth))
            .should()
            .beFreeOfCycles()
            .because("a room can be read, tested and moved without the others"));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void roomsHoldFewFiles(String module) throws IOException {
    try (Stream<Path> files = Files.walk(ProjectLayout.find().root().resolve(module, "src"))) {
      Map<Path, Long> rooms =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));

      assertThat(rooms)
          .as("a room can be taken in at a glance")
          .isNotEmpty()
          .allSatisfy((room, count) ->
              assertThat(count).as(room.toString()).isLessThanOrEqualTo(MOST_FILES));
    }
  }

  /**
   * Nested classes count with the one around them. What a sealed type permits does not count: the
   * two are declared together.
   */
  @Test
  void classesAreFreeOfCycles() {
    check(
        slices()
            .assignedFrom(new TidyClasses())
            .should()
            .beFreeOfCycles()
            .because("a class can be read and tested before those that use it"));
  }

  @Test
  void onlyWhatAnotherPackageUsesIsPublic() {
    check(
        classes()
            .that(describe("are in tidy modules", ArchitectureTests::isTidy))
            .and()
            .areTopLevelClasses()
            .and()
            .arePublic()
            .and()
            .areNotAnnotatedWith(SpringBootApplication.class)
            .and(describe("are not made by others", c -> !MADE_BY_OTHERS.contains(c.getName())))
            .and(describe("are not constants only", c -> !CONSTANTS.contains(c.getName())))
            .should(beUsedByAnotherPackage())
            .because("what is public has to stay as it is for whoever may use it"));
  }

  @Test
  void theQuerySideOnlyAnswersQuestions() {
    check(
        noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("meower.query..", "meower.pusher..")
            .should()
            .beAnnotatedWith(PostMapping.class)
            .orShould()
            .beAnnotatedWith(PutMapping.class)
            .orShould()
            .beAnnotatedWith(PatchMapping.class)
            .orShould()
            .beAnnotatedWith(DeleteMapping.class)
            .orShould()
            .beAnnotatedWith(RequestMapping.class)
            .because("whoever wants to change something asks the command side"));
  }

  @Test
  void timeComesFromAClock() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "meower.schema..",
                "meower.command..",
                "meower.query..",
                "meower.pusher..",
                "meower.program..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("tests decide what time it is"));
  }

  /** What only computes may share it with {@code stream().parallel()}. */
  @Test
  void nothingWaitsInTheCommonPool() {
    ArchRule rule =
        noClasses()
            .should()
            .callMethodWhere(
                describe("leaves it to the common pool", ArchitectureTests::isInTheCommonPool))
            .because("it has one thread on two processors: what waits keeps others waiting");
    rule.check(MEOWER);
    rule.check(TESTS);
  }

  @Test
  void everyPackageIsNullMarked() {
    check(
        classes()
            .that()
            .haveSimpleName("package-info")
            .and()
            .resideInAPackage("meower..")
            .should()
            .beAnnotatedWith(NullMarked.class)
            .because("a null that is not announced is a mistake"));
  }

  /** Classes of the last four may still know each other. */
  private static Stream<String> modules() {
    return Stream.concat(
        TIDY_MODULES.stream(),
        Stream.of("standalone", "standalone-tests", "test-servers", "e2e", "bench"));
  }

  private static boolean isTidy(JavaClass type) {
    String source = type.getSource().map(from -> from.getUri().toString()).orElse("");
    return TIDY_MODULES.stream().anyMatch(module -> source.contains("/" + module + "/target/"));
  }

  /** The folders of those that are built. */
  private static List<Path> testClasses() {
    try (Stream<Path> modules = Files.list(ProjectLayout.find().root())) {
      return modules
          .map(module -> module.resolve("target/test-classes"))
          .filter(Files::isDirectory)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isInTheCommonPool(JavaMethodCall call) {
    boolean async =
        call.getTargetOwner().isAssignableTo(CompletionStage.class)
            && call.getName().endsWith("Async")
            && call.getTarget().getRawParameterTypes().stream()
                .noneMatch(type -> type.isEquivalentTo(Executor.class));
    return async || call.getName().equals("parallelStream");
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTests::outermost).orElse(type);
  }

  private static ArchCondition<JavaClass> beUsedByAnotherPackage() {
    Map<String, Set<String>> users = new HashMap<>();
    for (JavaClass user : MEOWER) {
      for (Dependency use : user.getDirectDependenciesFromSelf()) {
        users
            .computeIfAbsent(
                outermost(use.getTargetClass().getBaseComponentType()).getName(),
                _ -> new HashSet<>())
            .add(user.getPackageName());
      }
    }
    return ArchCondition.from(
        describe(
            "be used by another package",
            type ->
                users.getOrDefault(type.getName(), Set.of()).stream()
                    .anyMatch(room -> !room.equals(type.getPackageName()))));
  }

  private static void check(ArchRule rule) {
    rule.check(MEOWER);
  }

  /**
   * Every class in the package that is so deep, or in its own if that is less deep.
   *
   * @param depth names of a package, {@code meower} is the first
   */
  private record Rooms(int depth) implements SliceAssignment {

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(
          Arrays.stream(type.getPackageName().split("\\."))
              .limit(depth)
              .collect(Collectors.joining(".")));
    }

    @Override
    public String getDescription() {
      return "packages up to " + depth + " names deep";
    }
  }

  /** Every class of the tidy modules with what is nested in it. */
  private record TidyClasses() implements SliceAssignment {

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return isTidy(type)
          ? SliceIdentifier.of(outermost(type).getName())
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "classes of tidy modules";
    }
  }
}
