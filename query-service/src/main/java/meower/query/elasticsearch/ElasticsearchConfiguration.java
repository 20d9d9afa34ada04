package meower.query.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import java.util.Arrays;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The client, made by hand: Boot's own support wants a client of another major version. */
@Configuration(proxyBeanMethods = false)
class ElasticsearchConfiguration {

  @Bean(destroyMethod = "close")
  RestClient restClient(ElasticsearchProperties properties) {
    HttpHost[] hosts =
        Arrays.stream(properties.url().split(","))
            .map(String::strip)
            .map(HttpHost::create)
            .toArray(HttpHost[]::new);
    int connectMillis = Math.toIntExact(properties.connectTimeout().toMillis());
    return RestClient.builder(hosts)
        .setRequestConfigCallback(request ->
            request
                .setConnectTimeout(connectMillis)
                .setConnectionRequestTimeout(connectMillis)
                .setSocketTimeout(Math.toIntExact(properties.readTimeout().toMillis())))
        .setHttpClientConfigCallback(http ->
            http.setMaxConnTotal(properties.maxConnections())
                .setMaxConnPerRoute(properties.maxConnections()))
        .build();
  }

  @Bean
  ElasticsearchClient elasticsearchClient(RestClient restClient, JsonMapper jsonMapper) {
    return new ElasticsearchClient(
        new RestClientTransport(restClient, new Jackson3JsonpMapper(jsonMapper)));
  }
}
