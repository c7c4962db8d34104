/**
 * Settings found by trying them: a learning rate, a batch size, and any fields of a spec. How a try
 * is trained is known outside of this package.
 */
package dev.dl.training.search;
