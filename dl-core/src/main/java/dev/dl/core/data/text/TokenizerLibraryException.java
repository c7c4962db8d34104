package dev.dl.core.data.text;

/** The library for sub-word tokenizers does not run on this machine. */
public final class TokenizerLibraryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TokenizerLibraryException(Throwable cause) {
    super(
        "found no library for tokenizer.json that runs here (%s, %s), expected Linux x86_64 or"
                .formatted(System.getProperty("os.name"), System.getProperty("os.arch"))
            + " aarch64, Windows x86_64 or macOS aarch64; choose the tokenizer word or character",
        cause);
  }
}
