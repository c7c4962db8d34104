/**
 * Files of named tensors: reading and writing safetensors. What the tensors mean is not known here,
 * and ND4J is not loaded.
 */
package dev.dl.core.tensorfile;
