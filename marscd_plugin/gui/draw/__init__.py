"""Drawing on the canvas, for every page that needs a shape: the map tool, and taking it up and away."""
