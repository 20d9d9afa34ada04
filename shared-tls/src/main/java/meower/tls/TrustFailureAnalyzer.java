package meower.tls;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words why a service does not start, instead of in a stack trace. */
final class TrustFailureAnalyzer extends AbstractFailureAnalyzer<TrustException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, TrustException cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Let meower.tls.ca name a file with the certificate of the authority that has signed those"
            + " of the servers.",
        cause);
  }
}
