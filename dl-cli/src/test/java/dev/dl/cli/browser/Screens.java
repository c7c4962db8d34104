package dev.dl.cli.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pictures of pages for people to look at, in {@code target/screens}. */
final class Screens {
  private static final Path FOLDER = Path.of("target", "screens");

  private Screens() {}

  /** The page in a light and a dark room, on a narrow screen, and on paper. */
  static void take(Browser browser, String name) throws Exception {
    for (String scheme : new String[] {"light", "dark"}) {
      browser.media("screen", scheme);
      save(name + "-" + scheme + ".png", browser.screenshot());
    }
    browser.media("screen", "light");
    browser.resize(420, 900);
    save(name + "-narrow.png", browser.screenshot());
    browser.resize(1200, 900);
    browser.media("print", "light");
    save(name + "-print.png", browser.screenshot());
    save(name + ".pdf", browser.pdf());
    browser.media("screen", "light");
  }

  private static void save(String name, byte[] content) throws IOException {
    Files.createDirectories(FOLDER);
    Files.write(FOLDER.resolve(name), content);
  }
}
