package meower.query.elasticsearch;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How to reach Elasticsearch: {@code meower.elasticsearch.*}.
 *
 * @param url one or more addresses, separated by commas. Default {@code http://localhost:9200}.
 *     With several, the client moves on when one dies.
 * @param username as whom to come there. By default nobody in particular, for one that asks for no
 *     name.
 * @param password of that user. From a file, so that it stands in no list of processes.
 * @param connectTimeout how long a connection, or a free place among {@code maxConnections}, is
 *     waited for. Default 1 s. A reader gets 503 after it when nothing listens.
 * @param readTimeout how long one answer to a reader is waited for. Default 4 s. A reader gets 503
 *     after it when Elasticsearch hangs; shorter refuses slow but good answers.
 * @param maxConnections how many requests are under way at the same time. Default 64. More wait
 *     inside Elasticsearch instead of here.
 * @param maxReads how many reads are under way or wait for a connection at the same time. Default
 *     256. Further readers get 503 at once; many more only wait longer for the same answer.
 */
@Validated
@ConfigurationProperties("meower.elasticsearch")
record ElasticsearchProperties(
    @NotBlank @DefaultValue("http://localhost:9200") String url,
    @DefaultValue("") String username,
    @DefaultValue("") String password,
    @DefaultValue("1s") Duration connectTimeout,
    @DefaultValue("4s") Duration readTimeout,
    @Min(1) @DefaultValue("64") int maxConnections,
    @Min(1) @DefaultValue("256") int maxReads) {

  /** No log has the password. */
  @Override
  public String toString() {
    return "ElasticsearchProperties[url=" + url + ", username=" + username + "]";
  }
}
