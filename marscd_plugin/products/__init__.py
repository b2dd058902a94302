"""What a file means: labels to projections, I/F scale and offset, special values; a VRT that any GDAL reader opens."""
