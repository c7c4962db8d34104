package dev.dl.training.preview;

import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * Letters of 3x5 points, so that captions need no fonts and are the same on every machine. Other
 * characters are boxes.
 */
final class PixelFont {
  private static final int ROWS = 5;
  private static final int ADVANCE = 4;
  private static final int LARGE = 2;

  /** Height of a line, in pixels. */
  static final int HEIGHT = LARGE * ROWS;

  private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./+ ";

  /** Five rows of each character, each an octal digit whose bits are its points. */
  private static final String GLYPHS =
      "75557 26227 71747 71717 55711 74717 74757 71122 75757 75717 "
          + "25755 65656 34443 65556 74647 74644 34553 55755 72227 11152 55655 44447 57755 65555 "
          + "25552 65644 25563 65655 34216 72222 55557 55522 55775 55255 55222 71247 "
          + "00700 00007 00002 11244 02720 00000 ";

  private static final String BOX = "77777";

  private PixelFont() {}

  /** Writes a text on one line: large if that fits, else small, and then as much as fits. */
  static void write(String text, BufferedImage image, int left, int top, int width, int colour) {
    int size = text.length() * ADVANCE * LARGE <= width ? LARGE : 1;
    int shown = Math.min(text.length(), width / (ADVANCE * size));
    String upper = text.toUpperCase(Locale.ROOT);
    for (int i = 0; i < Math.min(shown, upper.length()); i++) {
      draw(upper.charAt(i), image, left + i * ADVANCE * size, top, size, colour);
    }
  }

  private static void draw(
      char character, BufferedImage image, int left, int top, int size, int colour) {
    int index = CHARACTERS.indexOf(character);
    String rows = index < 0 ? BOX : GLYPHS.substring((ROWS + 1) * index, (ROWS + 1) * index + ROWS);
    for (int y = 0; y < ROWS * size; y++) {
      for (int x = 0; x < (ADVANCE - 1) * size; x++) {
        int points = rows.charAt(y / size) - '0';
        if ((points >> (2 - x / size) & 1) == 1) {
          image.setRGB(left + x, top + y, colour);
        }
      }
    }
  }
}
