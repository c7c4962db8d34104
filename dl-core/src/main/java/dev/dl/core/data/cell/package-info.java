/**
 * Cells of a file's rows: where they are, what they say (a number, a date, nothing), how a wrong
 * one is told, and the standardization of numbers. What files look like is in {@code data.rows};
 * what columns are for is in {@code data.table} and {@code data.target}.
 */
package dev.dl.core.data.cell;
