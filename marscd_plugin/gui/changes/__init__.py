"""The page that compares two dates and looks through what changed."""
