package io.voronka.connectors.crm.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UnsubscribeSealTest {
  private static final String OLD = "an-old-secret-of-links";
  private static final String NEW = "a-new-secret-of-links!";
  private static final Unsubscription WHOM =
      new Unsubscription("acme", "main", "7", "Client@Example.com", "action-1");

  private final UnsubscribeSeal seal = UnsubscribeSeal.with(List.of(OLD));

  @Test
  void whatIsSealedIsOpenedAgain() {
    assertThat(seal.open(seal.seal(WHOM))).contains(WHOM);
    assertThat(WHOM.recipients()).containsExactly("contact:main/7", "mail:client@example.com");
  }

  @Test
  void aContactNeedNotBeKnown() {
    Unsubscription address = new Unsubscription("acme", "main", null, "a@b.example", "action-2");

    assertThat(seal.open(seal.seal(address))).contains(address);
    assertThat(address.recipients()).containsExactly("mail:a@b.example");
  }

  @Test
  void aMailThatIsSentTwiceCarriesTheSameLink() {
    assertThat(seal.seal(WHOM)).isEqualTo(seal.seal(WHOM)).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void noPartOfItCanBeRead() {
    String token = seal.seal(WHOM);

    String bytes = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.ISO_8859_1);
    assertThat(token + bytes).doesNotContainIgnoringCase("client").doesNotContain("acme");
  }

  @Test
  void everyChangedByteIsNoticed() {
    byte[] token = Base64.getUrlDecoder().decode(seal.seal(WHOM));

    for (int i = 0; i < token.length; i++) {
      byte[] changed = token.clone();
      changed[i] ^= 1;
      assertThat(seal.open(Base64.getUrlEncoder().encodeToString(changed))).isEmpty();
    }
    assertThat(seal.open("")).isEmpty();
    assertThat(seal.open("!")).isEmpty();
    assertThat(seal.open("AQ")).isEmpty();
  }

  @Test
  void linksOfAnOldSecretWorkAsLongAsItIsNamed() {
    String old = seal.seal(WHOM);
    UnsubscribeSeal both = UnsubscribeSeal.with(List.of(NEW, OLD));
    UnsubscribeSeal after = UnsubscribeSeal.with(List.of(NEW));

    assertThat(both.open(old)).contains(WHOM);
    assertThat(after.open(both.seal(WHOM))).contains(WHOM);
    assertThat(after.open(old)).isEmpty();
  }

  @Test
  void aShortSecretIsNoneAndIsNotRepeated() {
    assertThatThrownBy(() -> UnsubscribeSeal.with(List.of("short-secret")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("short-secret");
    assertThatThrownBy(() -> UnsubscribeSeal.with(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
