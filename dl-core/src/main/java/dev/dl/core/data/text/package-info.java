/**
 * Texts as ids: tokenizers, texts cut to a length, batches of similar lengths. Where the texts come
 * from and what is predicted of them is not known here.
 */
package dev.dl.core.data.text;
