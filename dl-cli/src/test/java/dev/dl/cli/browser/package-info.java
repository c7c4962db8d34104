/**
 * Pages in a real browser. {@link dev.dl.cli.browser.Browser} drives Chromium by its own protocol;
 * where there is none, these tests are skipped and say what to install.
 */
package dev.dl.cli.browser;
