"""Where it looks like this: chips on a grid, embeddings, distances with their null, an index kept on disk."""
