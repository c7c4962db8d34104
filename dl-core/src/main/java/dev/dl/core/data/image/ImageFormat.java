package dev.dl.core.data.image;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.png.PngChunk;
import com.drew.imaging.png.PngChunkReader;
import com.drew.imaging.png.PngChunkType;
import com.drew.imaging.riff.RiffReader;
import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.SequentialByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.adobe.AdobeJpegReader;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.jfif.JfifReader;
import com.drew.metadata.jpeg.JpegReader;
import com.drew.metadata.webp.WebpRiffHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The kinds of picture files that are read, with where each keeps what it notes of its pixels. */
enum ImageFormat {
  PNG {
    @Override
    void read(byte[] content, Metadata metadata) throws ImageProcessingException, IOException {
      Set<PngChunkType> kinds = Set.of(PngChunkType.eXIf);
      for (PngChunk chunk :
          new PngChunkReader().extract(new SequentialByteArrayReader(content), kinds)) {
        new ExifReader().extract(new ByteArrayReader(chunk.getBytes()), metadata);
      }
    }

    /** A byte cannot stand for more than 1,032 when it is inflated, each with at most 8 pixels. */
    @Override
    long mostPixels(byte[] content) {
      return 8L * 1_032 * content.length;
    }
  },

  JPEG {
    @Override
    void read(byte[] content, Metadata metadata) throws ImageProcessingException, IOException {
      JpegMetadataReader.process(
          metadata,
          new ByteArrayInputStream(content),
          List.of(new JpegReader(), new JfifReader(), new AdobeJpegReader(), new ExifReader()));
    }
  },

  GIF,

  BMP,

  WEBP {
    /**
     * Looks at the length that the file announces: the decoder makes up what is missing. Colour
     * profiles announce one too, which the decoder makes an array of.
     */
    @Override
    boolean isComplete(byte[] content) {
      long announced =
          8 + Integer.toUnsignedLong(ByteBuffer.wrap(content).order(LITTLE_ENDIAN).getInt(4));
      return content.length >= announced && WebpProfiles.areWithin(content);
    }

    @Override
    void read(byte[] content, Metadata metadata) throws ImageProcessingException, IOException {
      new RiffReader()
          .processRiff(new SequentialByteArrayReader(content), new WebpRiffHandler(metadata));
    }
  },

  TIFF {
    @Override
    void read(byte[] content, Metadata metadata) throws ImageProcessingException, IOException {
      TiffMetadataReader.readMetadata(new ByteArrayReader(content))
          .getDirectories()
          .forEach(metadata::addDirectory);
    }
  };

  /** The format that ImageIO calls by this name. */
  static Optional<ImageFormat> named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  /** What a file notes of its pixels; damaged notes are ignored as far as they are damaged. */
  final Metadata metadata(byte[] content) {
    Metadata metadata = new Metadata();
    try {
      read(content, metadata);
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      return metadata;
    }
    return metadata;
  }

  /** Whether a file is not cut off, as far as its decoder does not notice itself. */
  boolean isComplete(byte[] content) {
    return true;
  }

  /** More pixels than this cannot be in the file, whatever its header says. */
  long mostPixels(byte[] content) {
    return Long.MAX_VALUE;
  }

  /** Adds what is needed of a file's notes; nothing from a format that has none. */
  void read(byte[] content, Metadata metadata) throws ImageProcessingException, IOException {}
}
