package dev.dl.core.data.tar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A block of 512 bytes that announces a member, as <a
 * href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">POSIX</a> and GNU lay
 * it out.
 */
record TarHeader(byte[] bytes) {
  static final int LENGTH = 512;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;
  private static final int SIZE = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int BASE_256 = 0x80;

  /** Whether it is the mark of the archive's end. */
  boolean isEnd() {
    for (byte value : bytes) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is a header at all: its bytes add up as it says. */
  boolean isWhole() {
    long sum = 0;
    for (int i = 0; i < LENGTH; i++) {
      boolean inChecksum = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
      sum += inChecksum ? ' ' : bytes[i] & 0xff;
    }
    return sum == octal(CHECKSUM, CHECKSUM_LENGTH);
  }

  char type() {
    return (char) bytes[TYPE];
  }

  String name() {
    String name = text(bytes, 0, 100);
    String prefix = text(bytes, MAGIC, 6).equals("ustar") ? text(bytes, PREFIX, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** Bytes of the content, or -1 where there is no such number. */
  long size() {
    if ((bytes[SIZE] & BASE_256) == 0) {
      return octal(SIZE, SIZE_LENGTH);
    }
    long size = bytes[SIZE] & (BASE_256 - 1);
    for (int i = SIZE + 1; i < SIZE + SIZE_LENGTH; i++) {
      if (size > Long.MAX_VALUE >> Byte.SIZE) {
        return -1;
      }
      size = size << Byte.SIZE | bytes[i] & 0xff;
    }
    return size;
  }

  private long octal(int start, int length) {
    String digits = text(bytes, start, length).strip();
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 7) {
        return -1;
      }
      number = 8 * number + digit;
    }
    return number;
  }

  /** The text up to the first zero. */
  static String text(byte[] bytes, int start, int length) {
    int end = start;
    while (end < start + length && bytes[end] != 0) {
      end++;
    }
    return new String(Arrays.copyOfRange(bytes, start, end), StandardCharsets.UTF_8);
  }
}
