package meower.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VoucherTests {

  private final byte[] key = KeyFile.random();
  private final Signatures keys = new Signatures(List.of(key));

  @Test
  void isGoodForOneProgramAndWithTheKeysItWasMadeWith() {
    String voucher = Voucher.of("tester", keys);

    assertThat(voucher).matches("mwv_[A-Za-z0-9_-]{43}");
    assertThat(Voucher.isGood(voucher, "tester", keys)).isTrue();
    assertThat(Voucher.isGood(voucher, "other", keys)).isFalse();
    assertThat(Voucher.isGood(voucher.substring(4), "tester", keys)).isFalse();
    assertThat(Voucher.isGood("mwv_", "tester", keys)).isFalse();
    Signatures later = new Signatures(List.of(KeyFile.random(), key));
    assertThat(Voucher.isGood(voucher, "tester", later)).isTrue();
    assertThat(Voucher.isGood(voucher, "tester", new Signatures(List.of(KeyFile.random()))))
        .isFalse();
  }
}
