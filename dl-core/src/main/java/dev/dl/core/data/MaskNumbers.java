package dev.dl.core.data;

import dev.dl.core.data.image.Image;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which number in a mask stands for which class. As classes, a mask is a picture of one channel in
 * which 0 is no class and {@code c + 1} the class {@code c}, so that what moves into a picture from
 * outside has no class.
 *
 * @param values the number of each class
 * @param ignore the number of pixels without a class, if none of the classes has it
 */
public record MaskNumbers(List<Integer> values, int ignore) {
  private static final int MOST_LISTED = 10;
  private static final int MOST_NUMBERS = 1 << Byte.SIZE;

  public MaskNumbers {
    values = List.copyOf(values);
    if (values.size() > MOST_NUMBERS || values.stream().anyMatch(MaskNumbers::isNone)) {
      throw new IllegalArgumentException("numbers of a mask " + values);
    }
  }

  private static boolean isNone(int number) {
    return number < 0 || number >= MOST_NUMBERS;
  }

  /** What is wrong with the numbers of a mask, if anything. */
  Optional<String> problem(Object mask, BitSet occurring) {
    BitSet unknown = (BitSet) occurring.clone();
    values.forEach(unknown::clear);
    unknown.clear(ignore);
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            mask
                + ": found the "
                + listed(unknown)
                + ", expected one of "
                + values
                + " or "
                + ignore
                + " for no class (data.mask)");
  }

  private static String listed(BitSet numbers) {
    return (numbers.cardinality() == 1 ? "number " : "numbers ")
        + numbers.stream()
            .limit(MOST_LISTED)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", "))
        + (numbers.cardinality() > MOST_LISTED ? ", …" : "");
  }

  /** A mask as classes. */
  Image classes(Image numbers) {
    byte[] table = new byte[1 << Byte.SIZE];
    for (int c = 0; c < values.size(); c++) {
      table[values.get(c)] = (byte) (c + 1);
    }
    return looked(numbers, table);
  }

  /** Classes as the numbers of a mask. */
  Image numbers(Image classes) {
    byte[] table = new byte[1 << Byte.SIZE];
    table[0] = (byte) ignore;
    for (int c = 0; c < values.size(); c++) {
      table[c + 1] = values.get(c).byteValue();
    }
    return looked(classes, table);
  }

  private static Image looked(Image mask, byte[] table) {
    byte[] pixels = new byte[mask.pixels().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = table[mask.pixels()[i] & 0xff];
    }
    return new Image(1, mask.height(), mask.width(), pixels);
  }
}
