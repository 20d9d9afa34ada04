package meower.query.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import meower.tls.Trust;
import org.apache.http.Header;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The client, made by hand: Boot's own support wants a client of another major version. */
@Configuration(proxyBeanMethods = false)
class ElasticsearchConfiguration {

  @Bean(destroyMethod = "close")
  RestClient restClient(ElasticsearchProperties properties, Trust trust) {
    HttpHost[] hosts =
        Arrays.stream(properties.url().split(","))
            .map(String::strip)
            .map(HttpHost::create)
            .toArray(HttpHost[]::new);
    int connectMillis = Math.toIntExact(properties.connectTimeout().toMillis());
    return RestClient.builder(hosts)
        .setDefaultHeaders(login(properties))
        .setRequestConfigCallback(request ->
            request
                .setConnectTimeout(connectMillis)
                .setConnectionRequestTimeout(connectMillis)
                .setSocketTimeout(Math.toIntExact(properties.readTimeout().toMillis())))
        .setHttpClientConfigCallback(http ->
            http.setSSLContext(trust.context())
                .setMaxConnTotal(properties.maxConnections())
                .setMaxConnPerRoute(properties.maxConnections()))
        .build();
  }

  private static Header[] login(ElasticsearchProperties properties) {
    if (properties.username().isEmpty()) {
      return new Header[0];
    }
    String pair = properties.username() + ":" + properties.password();
    return new Header[] {
      new BasicHeader(
          HttpHeaders.AUTHORIZATION,
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
    };
  }

  @Bean
  ElasticsearchClient elasticsearchClient(RestClient restClient, JsonMapper jsonMapper) {
    return new ElasticsearchClient(
        new RestClientTransport(restClient, new Jackson3JsonpMapper(jsonMapper)));
  }
}
