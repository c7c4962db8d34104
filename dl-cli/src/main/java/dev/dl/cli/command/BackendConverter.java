package dev.dl.cli.command;

import dev.dl.core.backend.BackendChoice;
import dev.dl.core.config.ConfigException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what {@code --backend} is given. */
final class BackendConverter implements ITypeConverter<BackendChoice> {

  @Override
  public BackendChoice convert(String text) {
    try {
      return new BackendChoice(text.toLowerCase(Locale.ROOT));
    } catch (ConfigException e) {
      throw new TypeConversionException(
          "expected " + BackendChoice.EXPECTED + " but was '" + text + "'");
    }
  }
}
