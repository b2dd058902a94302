"""The first page: where on Mars."""
