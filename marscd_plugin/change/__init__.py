"""Two registered images become a map of changes: detector, polygons with their measures, accuracy, report."""
