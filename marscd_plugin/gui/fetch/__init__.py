"""The page that brings files: a plan before the first byte, the crawler in a thread of its own, offers to go on."""
