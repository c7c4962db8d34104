/**
 * Weights from files of others onto our architectures: what they are called there, how they are
 * laid out, and an account of every one. Reading files is not done here.
 */
package dev.dl.models.pretrained;
