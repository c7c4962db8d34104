/** Texts written by language models. */
package dev.dl.models.generation;
