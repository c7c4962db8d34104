package dev.dl.core.kernel.update;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vectors from native memory and back, by the Vector API as this release of Java has it: from byte
 * buffers, as in 17, or from memory segments, as in 25.
 */
final class NativeFloats {
  /** The widest that the processor has. */
  static final VectorSpecies<Float> WIDEST = FloatVector.SPECIES_PREFERRED;

  private static final MethodHandle MEMORY;
  private static final MethodHandle LOAD;
  private static final MethodHandle STORE;

  static {
    try {
      boolean segments =
          Arrays.stream(FloatVector.class.getMethods())
              .anyMatch(each -> each.getName().equals("fromMemorySegment"));
      Method from = method(segments ? "fromMemorySegment" : "fromByteBuffer", 4);
      Method into = method(segments ? "intoMemorySegment" : "intoByteBuffer", 3);
      Class<?> memory = into.getParameterTypes()[0];
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      MethodHandle load = lookup.unreflect(from);
      MethodHandle store = lookup.unreflect(into);
      LOAD =
          generic(
              MethodHandles.insertArguments(
                  MethodHandles.insertArguments(load, 3, ByteOrder.nativeOrder()), 0, WIDEST),
              methodType(FloatVector.class, Object.class, long.class));
      STORE =
          generic(
              MethodHandles.insertArguments(store, 3, ByteOrder.nativeOrder()),
              methodType(void.class, FloatVector.class, Object.class, long.class));
      MEMORY =
          generic(
              segments
                  ? lookup.findStatic(memory, "ofBuffer", methodType(memory, Buffer.class))
                  : MethodHandles.identity(ByteBuffer.class),
              methodType(Object.class, ByteBuffer.class));
    } catch (ReflectiveOperationException changed) {
      throw new ExceptionInInitializerError(changed);
    }
  }

  private NativeFloats() {}

  /** The one without a mask. */
  private static Method method(String name, int parameters) {
    return Arrays.stream(FloatVector.class.getMethods())
        .filter(each -> each.getName().equals(name) && each.getParameterCount() == parameters)
        .filter(each -> each.getDeclaringClass() == FloatVector.class && !each.isBridge())
        .findFirst()
        .orElseThrow();
  }

  private static MethodHandle generic(MethodHandle handle, MethodType type) {
    return MethodHandles.explicitCastArguments(handle, type);
  }

  /** What {@link #load} and {@link #store} take for this memory. */
  static Object memory(ByteBuffer bytes) {
    try {
      return (Object) MEMORY.invokeExact(bytes);
    } catch (Throwable never) {
      throw new AssertionError(never);
    }
  }

  /** The vector that begins with the float of this number. */
  static FloatVector load(Object memory, int number) {
    try {
      return (FloatVector) LOAD.invokeExact(memory, (long) number * Float.BYTES);
    } catch (Throwable never) {
      throw new AssertionError(never);
    }
  }

  static void store(FloatVector vector, Object memory, int number) {
    try {
      STORE.invokeExact(vector, memory, (long) number * Float.BYTES);
    } catch (Throwable never) {
      throw new AssertionError(never);
    }
  }
}
