package dev.dl.models.pretrained;

import java.util.regex.Pattern;

/**
 * Names of weights: one, all those below one ({@code encoder.layer.5}), or with {@code *} for any
 * characters.
 */
public record NamePattern(String text) {

  public boolean matches(String name) {
    String expression = Pattern.quote(text).replace("*", "\\E.*\\Q");
    return name.matches("(?s)" + expression + "(\\..*)?");
  }
}
