"""The series page: build a series, look at its epochs, compare them on the map, follow a point through time."""
