package dev.dl.cli.terminal;

/** Colours, or none. */
record Style(boolean color) {

  String good(String text) {
    return sgr("32", text);
  }

  String faint(String text) {
    return sgr("90", text);
  }

  String strong(String text) {
    return sgr("1", text);
  }

  private String sgr(String code, String text) {
    return color && !text.isEmpty() ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
  }
}
