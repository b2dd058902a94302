"""Series of epochs: planning, the common grid, registration, radiometry, and the store."""
