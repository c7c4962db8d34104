package dev.dl.core.tensorfile;

import java.nio.ByteBuffer;

/** The number formats that tensors are read from, each little endian. */
enum ElementType {
  F64(8) {
    @Override
    float read(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  },
  F32(4) {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.getFloat();
    }

    @Override
    void read(ByteBuffer bytes, float[] values, int start, int count) {
      bytes.asFloatBuffer().get(values, start, count); // in bulk: most files are all float32
    }
  },
  F16(2) {
    @Override
    float read(ByteBuffer bytes) {
      return halfToFloat(bytes.getShort());
    }
  },
  BF16(2) {
    @Override
    float read(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  },
  I64(8) {
    @Override
    float read(ByteBuffer bytes) {
      return exact(bytes.getLong());
    }
  },
  I32(4) {
    @Override
    float read(ByteBuffer bytes) {
      return exact(bytes.getInt());
    }
  },
  I16(2) {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.getShort();
    }
  },
  I8(1) {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.get();
    }
  },
  U8(1) {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.get() & 0xff;
    }
  },
  BOOL(1) {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.get() == 0 ? 0 : 1;
    }
  };

  final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * The next number as float32. Float64 is rounded to the nearest.
   *
   * @throws ArithmeticException when a whole number has no exact float32
   */
  abstract float read(ByteBuffer bytes);

  /** The next {@code count} numbers, into {@code values} from {@code start} on. */
  void read(ByteBuffer bytes, float[] values, int start, int count) {
    for (int i = start; i < start + count; i++) {
      values[i] = read(bytes);
    }
  }

  private static float exact(long value) {
    float converted = value;
    if ((long) converted != value || value == Long.MAX_VALUE) {
      throw new ArithmeticException("the whole number " + value);
    }
    return converted;
  }

  /** IEEE 754 binary16: 1 sign bit, 5 of exponent with bias 15, 10 of fraction. */
  private static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
