"""The dock and its pages, map tools, the crawler's thread, comparison and plots. Only this room draws widgets."""
