package meower.e2e.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import meower.e2e.report.TestReport.Counts;
import org.junit.jupiter.api.Test;

class TestReportTests {
  @Test
  void countsErrorsAsFailuresAndSkippedAsSkipped() {
    String xml =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0.2" name="a.B" time="1.5" tests="9" errors="1" skipped="2" failures="3">
          <testcase name="tests=&quot;100&quot;"/>
        </testsuite>
        """;
    assertThat(TestReport.counts(xml)).isEqualTo(new Counts("", 3, 4, 2));
  }

  @Test
  void saysWhichTestsFailedAndWhy() {
    String xml =
        """
        <testsuite name="a.B" tests="3" errors="1" skipped="0" failures="1">
          <testcase name="isGood" classname="a.B"/>
          <testcase name="isBad" classname="a.B"><failure message="expected: &quot;1&quot;&#10; but was: 2" type="x.Failed"><![CDATA[at a.B]]></failure></testcase>
          <testcase name="isWorse" classname="a.B"><error type="java.lang.NullPointerException">at a.B</error></testcase>
        </testsuite>
        """;
    assertThat(TestReport.failures(xml))
        .containsExactly(
            "a.B.isBad: expected: \"1\" but was: 2", "a.B.isWorse: java.lang.NullPointerException");
  }

  @Test
  void readsTheReportOfThePageTests() {
    String xml =
        """
        <testsuites name="vitest tests" tests="5" failures="1" errors="0" time="1.5">
          <testsuite name="a.spec.ts" tests="4" failures="1" errors="0" skipped="1" time="1">
            <testcase classname="a.spec.ts" name="a menu &gt; opens" time="0.1"></testcase>
            <testcase classname="a.spec.ts" name="a menu &gt; closes" time="0.1">
              <failure message="expected &apos;a&apos; to be &apos;b&apos;" type="AssertionError"> at a.spec.ts:1 </failure>
            </testcase>
          </testsuite>
          <testsuite name="b.spec.ts" tests="1" failures="0" errors="0" skipped="0" time="0.5"/>
        </testsuites>
        """;
    assertThat(TestReport.counts(xml)).isEqualTo(new Counts("", 3, 1, 1));
    assertThat(TestReport.failures(xml))
        .containsExactly("a.spec.ts.a menu > closes: expected 'a' to be 'b'");
  }

  @Test
  void refusesAFileThatIsNoReport() {
    assertThatThrownBy(() -> TestReport.counts("<html/>"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TestReport.counts("{}")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isGoodOnlyWhenSomethingRanAndNothingFailed() {
    assertThat(TestReport.isGood(new Counts("", 1, 0, 5), List.of())).isTrue();
    assertThat(TestReport.isGood(new Counts("", 0, 0, 5), List.of())).isFalse();
    assertThat(TestReport.isGood(new Counts("", 9, 1, 0), List.of())).isFalse();
    assertThat(TestReport.isGood(new Counts("", 9, 0, 0), List.of("page-lint"))).isFalse();
  }

  @Test
  void endsInTheFormThatProgramsRead() {
    assertThat(new Counts("sum", 12, 0, 3).line()).isEqualTo("12 passed, 0 failed, 3 skipped");
  }
}
