package io.voronka.connectors.crm.kommo.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** To whom an integration's secret may be told. */
class KommoHostsTest {
  private static final URI ACME = URI.create("https://acme.kommo.com");

  private final KommoHosts hosts = KommoHosts.ofVendor();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://acme.kommo.com",
        "https://ACME.kommo.com",
        "https://acme.amocrm.ru",
        "https://a-1.amocrm.com"
      })
  void accountsOfTheVendorAreTrusted(String base) {
    assertThat(hosts.objection(URI.create(base))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://acme.kommo.com",
        "https://acme.kommo.com.evil.test",
        "https://kommo.com",
        "https://evilkommo.com",
        "https://a.b.kommo.com",
        "https://acme.kommo.com:8443",
        "https://acme.kommo.com@evil.test",
        "https://user@acme.kommo.com",
        "https://acme.kommo.com/other",
        "https://acme.kommo.com?x=1",
        "https://-acme.kommo.com",
        "https://127.0.0.1",
        "ftp://acme.kommo.com"
      })
  void allOthersAreNot(String base) {
    assertThat(hosts.objection(URI.create(base))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "acme.kommo.com,''",
    "ACME.kommo.com,''",
    "other.kommo.com,the code was given for other.kommo.com",
    "acme.amocrm.ru,the code was given for acme.amocrm.ru",
    "acme.kommo.com.evil.test,none below",
    "evil.test/acme.kommo.com,none below",
    "acme.kommo.com#,none below",
    "'acme.kommo.com,evil.test',none below",
    "'',none below"
  })
  void aCodeIsExchangedWhereItWasGiven(String referer, String objection) {
    assertThat(hosts.objection(ACME, referer, "acme").orElse("")).contains(objection);
    assertThat(hosts.objection(ACME, referer, "acme").isEmpty()).isEqualTo(objection.isEmpty());
  }

  @Test
  void aSimulatedVendorIsTrustedAtItsExactAddressOnly() {
    KommoHosts local = hosts.and("127.0.0.1:4711");
    URI base = URI.create("http://127.0.0.1:4711/kommo/acme");

    assertThat(hosts.objection(base)).isPresent();
    assertThat(local.objection(base)).isEmpty();
    assertThat(local.objection(URI.create("http://127.0.0.1:4712/kommo/acme"))).isPresent();
    assertThat(local.objection(URI.create("http://x@127.0.0.1:4711/kommo/acme"))).isPresent();
    assertThat(local.objection(base, "acme.kommo.com", "acme")).isEmpty();
    assertThat(local.objection(base, "other.kommo.com", "acme")).isPresent();
  }

  @Test
  void peopleAgreeAtTheBrandsOwnSite() {
    assertThat(
            KommoAuthorization.address(
                hosts, URI.create("https://acme.amocrm.ru"), "client 1", "s&t"))
        .isEqualTo(
            URI.create("https://www.amocrm.ru/oauth?client_id=client+1&state=s%26t&mode=popup"));
    assertThat(KommoAuthorization.address(hosts, ACME, "c", "s").getHost())
        .isEqualTo("www.kommo.com");
  }

  @Test
  void redirectsAreTakenApart() {
    AuthorizationRedirect redirect =
        AuthorizationRedirect.parse(
            " https://voronka.test/oauth?code=de%2Bf&state=s1&referer=acme.kommo.com&client_id=c1&platform=1\n");

    assertThat(redirect)
        .isEqualTo(new AuthorizationRedirect("de+f", "s1", "acme.kommo.com", "c1", null));
    assertThat(redirect.toString()).doesNotContain("de+f");
    assertThat(AuthorizationRedirect.parse("https://v.test/?error=access_denied&state=s").error())
        .isEqualTo("access_denied");
  }

  @ParameterizedTest
  @CsvSource({
    "https://voronka.test/oauth,has no query",
    "https://voronka.test/oauth?referer=acme.kommo.com&referer=evil.test,has referer twice",
    "https://voronka.test/?code=%zz,is no address",
    "not an address,is no address"
  })
  void whatIsNoRedirectIsRefusedWithoutRepeatingIt(String address, String message) {
    assertThatThrownBy(() -> AuthorizationRedirect.parse(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("evil");
  }
}
