package meower.standalone.certificate;

import java.nio.file.Path;

/**
 * What a server needs for TLS, as files in PEM.
 *
 * @param key 0600, PKCS #8, without a password
 * @param ca what its clients trust
 */
public record ServerCertificate(Path certificate, Path key, Path ca) {}
