/**
 * Files of named tensors: safetensors read and written; ONNX, Keras' HDF5 and PyTorch's state
 * dictionaries read. They may come from strangers: nothing in them is executed, and none of their
 * claims is believed before the bytes for it are found. What the tensors mean is not known here,
 * and ND4J is not loaded.
 */
package dev.dl.core.tensorfile;
