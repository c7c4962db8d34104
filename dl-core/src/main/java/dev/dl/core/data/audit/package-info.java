/**
 * What an audit of data finds, and how: duplicates of pictures and texts, balance of classes,
 * distributions of lengths, and the page that shows them. Where samples come from, the package
 * above knows.
 */
package dev.dl.core.data.audit;
