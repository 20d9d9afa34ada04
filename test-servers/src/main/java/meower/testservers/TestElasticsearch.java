package meower.testservers;

/** One Elasticsearch node without security, without any index. */
public final class TestElasticsearch extends TestServer {
  TestElasticsearch(Controls controls, int port) {
    super(controls, port);
  }

  public String url() {
    return "http://" + host() + ":" + port();
  }
}
