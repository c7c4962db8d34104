package dev.dl.core.kernel;

import org.bytedeco.javacpp.Pointer;

/** A pointer that is moved from call to call instead of made anew; owns no memory. */
public final class Address extends Pointer {

  public Address() {
    super((Pointer) null);
  }

  /** Points at an address of native memory. */
  public Address at(long nativeAddress) {
    address = nativeAddress;
    return this;
  }
}
