/**
 * Strict configuration: YAML and {@code key=value} overrides to records, and records back to YAML.
 *
 * <p>A record's components name the keys; the annotations here give defaults and ranges. Every
 * problem is found before the first is reported. What the settings mean is not known here, and ND4J
 * is not loaded.
 */
package dev.dl.core.config;
