"""What every room uses: the words, errors, progress and cancel, atomic files, settings, provenance, raster blocks."""
