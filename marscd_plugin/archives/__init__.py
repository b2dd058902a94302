"""Archives: observations of an area in a season, one module an archive. Their conventions end at this door."""
