package meower.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Rules of the structure, each with its reason. */
class ArchitectureTests {

  private static final JavaClasses MEOWER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("meower");

  @Test
  void servicesDoNotKnowEachOther() {
    check(
        slices()
            .matching("meower.(command|query|pusher)..")
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
                "meower.web..")
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
            .resideInAPackage("meower.command..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("co.elastic..")
            .because("a post must not depend on the search being there"));
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
                "meower.schema..", "meower.command..", "meower.query..", "meower.pusher..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("tests decide what time it is"));
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
}
