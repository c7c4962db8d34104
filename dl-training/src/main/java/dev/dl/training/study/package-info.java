/**
 * Many runs under one budget: the cells of a study, which of them are done, and who trains the
 * next. What they come to is compared elsewhere.
 */
package dev.dl.training.study;
