"""The page Find: when (seasons, dates), the search, and what it found as map, table, plot and thumbnails."""
