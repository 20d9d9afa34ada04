package meower.standalone.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes keys, and certificates for them as RFC 5280 has them. Keys and signatures are the JDK's;
 * Bouncy Castle writes the certificates, for which the JDK has no interface.
 *
 * @param from when they begin
 */
record Issuer(Instant from) {
  private static final String CURVE = "secp256r1";
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final int SERIAL_BITS = 128;

  /** Under which names and addresses a server is reached. */
  private static final GeneralNames HOSTS =
      new GeneralNames(
          new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1")
          });

  /**
   * Makes a key and a certificate that is signed with the key itself, and may sign others.
   *
   * @param name in the form of RFC 2253
   */
  PrivateKeyEntry makeAuthority(String name, int days) throws IOException {
    try {
      var pair = makePair();
      var subject = new X500Principal(name);
      var builder = builder(subject, pair, subject, days);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      var certificate = sign(builder, pair.getPrivate());
      return new PrivateKeyEntry(pair.getPrivate(), new Certificate[] {certificate});
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw failed(name, e);
    }
  }

  /**
   * Makes a key and a certificate for a server of this machine.
   *
   * @param name in the form of RFC 2253
   * @param authority what signs it
   */
  PrivateKeyEntry makeServer(String name, int days, PrivateKeyEntry authority) throws IOException {
    try {
      var pair = makePair();
      var issuer = (X509Certificate) authority.getCertificate();
      var builder = builder(new X500Principal(name), pair, issuer.getSubjectX500Principal(), days);
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.getPublicKey()));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      builder.addExtension(Extension.subjectAlternativeName, false, HOSTS);
      var certificate = sign(builder, authority.getPrivateKey());
      return new PrivateKeyEntry(pair.getPrivate(), new Certificate[] {certificate, issuer});
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw failed(name, e);
    }
  }

  private static KeyPair makePair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(CURVE));
    return generator.generateKeyPair();
  }

  private JcaX509v3CertificateBuilder builder(
      X500Principal subject, KeyPair pair, X500Principal issuer, int days)
      throws GeneralSecurityException, IOException {
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(SERIAL_BITS, new SecureRandom()),
            Date.from(from),
            Date.from(from.plus(Duration.ofDays(days))),
            subject,
            pair.getPublic());
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    return builder;
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey with)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(with)));
  }

  private static IOException failed(String name, Exception cause) {
    return new IOException(
        "the certificate of %s cannot be made: %s".formatted(name, cause.getMessage()), cause);
  }
}
