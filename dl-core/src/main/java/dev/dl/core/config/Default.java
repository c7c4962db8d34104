package dev.dl.core.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a setting that a configuration leaves out, as it would be written in YAML: {@code
 * "0.1"}, {@code "null"} for none, {@code "{}"} for a group of settings whose own defaults hold. A
 * setting without one is required.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Default {
  String value();
}
