package meower.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Whoever runs Meower finds each of its settings in the README. */
class SettingsTests {

  @Test
  void describesEverySetting() throws IOException {
    String readme = Files.readString(ProjectLayout.find().root().resolve("README.md"));

    List<String> settings =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("meower")
                .stream()
                .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
                .flatMap(SettingsTests::settings)
                .sorted()
                .toList();

    assertThat(settings).hasSizeGreaterThan(30);
    assertThat(settings).allSatisfy(setting -> assertThat(readme).contains("`" + setting + "`"));
  }

  private static Stream<String> settings(JavaClass type) {
    String prefix = type.getAnnotationOfType(ConfigurationProperties.class).value();
    return Arrays.stream(type.reflect().getRecordComponents())
        .map(RecordComponent::getName)
        .map(name -> prefix + "." + kebabCase(name));
  }

  private static String kebabCase(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
