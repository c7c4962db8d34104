/** Text architectures, one file per family. */
package dev.dl.models.text;
