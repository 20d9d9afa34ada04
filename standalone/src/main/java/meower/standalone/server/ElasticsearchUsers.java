package meower.standalone.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import meower.standalone.process.Http;
import meower.standalone.secret.PrivateFiles;

/**
 * Who may do what in an Elasticsearch that asks for passwords: the query service with the indexes
 * of meows what it likes, and whoever looks whether it works nothing but that.
 */
record ElasticsearchUsers(Protection protection) {
  private static final String QUERY = "query";
  static final List<String> ALL = List.of(QUERY, Protection.SUPERVISOR);

  static final String ROLES =
      """
      meower_query:
        cluster: [monitor]
        indices:
          - names: ["meows*"]
            privileges: [all]
      meower_supervisor:
        cluster: [monitor]
      """;
  static final String MEMBERS =
      """
      meower_query:query
      meower_supervisor:supervisor
      """;

  /** One of those that Elasticsearch knows; the passwords are random, so few are enough. */
  private static final int ITERATIONS = 1_000;

  private static final int BYTES = 32;

  /** Writes the files of the realm {@code file}. */
  void write(Path config) throws IOException {
    var users = new StringBuilder();
    for (String user : ALL) {
      users.append(user).append(':').append(hash(password(user))).append('\n');
    }
    PrivateFiles.write(config.resolve("users"), users.toString());
    PrivateFiles.write(config.resolve("users_roles"), MEMBERS);
    PrivateFiles.write(config.resolve("roles.yml"), ROLES);
  }

  /** As whom to ask whether it works, as the header {@code Authorization} says it. */
  String supervisor() throws IOException {
    return Http.basic(Protection.SUPERVISOR, password(Protection.SUPERVISOR));
  }

  private String password(String user) throws IOException {
    return protection.secrets().of(user, Protection.ELASTICSEARCH_PASSWORD);
  }

  /** In the form that Elasticsearch reads. */
  private static String hash(String password) throws IOException {
    byte[] salt = new byte[BYTES];
    new SecureRandom().nextBytes(salt);
    try {
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, BYTES * 8))
              .getEncoded();
      var base64 = Base64.getEncoder();
      return "{PBKDF2}%d$%s$%s"
          .formatted(ITERATIONS, base64.encodeToString(salt), base64.encodeToString(hash));
    } catch (GeneralSecurityException e) {
      throw new IOException("a password cannot be hashed: " + e.getMessage(), e);
    }
  }
}
