package dev.dl.cli.watch;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may ask: this server's own page, and programs of people who can reach it, but no page of
 * another site that is open in the same browser. Such a page can send requests here; it cannot read
 * this page's token, and the browser names its origin.
 *
 * @param name by which the server may be called, besides {@code localhost} and addresses
 * @param token that a request which changes something has to bring
 */
record Guard(String name, String token) {
  static final String TOKEN_HEADER = "X-Dl-Token";

  /** With its port. */
  private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\[\\]:/@]+)(:\\d+)?");

  /** Names can be made to lead here by whoever owns them (DNS rebinding), addresses cannot. */
  private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[.*]");

  /** What a browser says of a request that its user or this page made. */
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  /** With a token of its own. */
  static Guard withFreshToken(String name) {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return new Guard(name, HexFormat.of().formatHex(random));
  }

  /** Why a request is refused; empty when it is not. */
  Optional<String> refusal(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String host = headers.getFirst("Host");
    String origin = headers.getFirst("Origin");
    String site = headers.getFirst("Sec-Fetch-Site");
    boolean changes = !exchange.getRequestMethod().equals("GET");
    boolean opensThePage = !changes && exchange.getRequestURI().getPath().equals("/");
    if (host == null || !isOurs(host)) {
      return Optional.of(
          "called by a name that is not this server's; use its address, or give --address that name");
    }
    if (origin == null ? changes : !origin.equals("http://" + host)) {
      return Optional.of("asked by a page of another origin");
    }
    if (site != null && !OWN_SITES.contains(site) && !opensThePage) {
      return Optional.of("asked by a page of another site");
    }
    return changes && !hasToken(headers)
        ? Optional.of("without the token of the page; load it again")
        : Optional.empty();
  }

  private boolean isOurs(String host) {
    Matcher parts = HOST.matcher(host);
    if (!parts.matches()) {
      return false;
    }
    String called = parts.group(1).toLowerCase(Locale.ROOT);
    return called.equals("localhost")
        || called.equals(name.toLowerCase(Locale.ROOT))
        || ADDRESS.matcher(called).matches();
  }

  private boolean hasToken(Headers headers) {
    String given = headers.getFirst(TOKEN_HEADER);
    return given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }
}
