"""Comparing two raster layers on the map canvas, and the profile of a point through a series."""
