"""A QGIS project on Mars: its CRS and measuring, the basemap, named places, and the map's own messages."""
