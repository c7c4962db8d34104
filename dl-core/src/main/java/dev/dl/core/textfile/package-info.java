/** Text files as characters: encoding, gzip and lines. What the text says is not known here. */
package dev.dl.core.textfile;
