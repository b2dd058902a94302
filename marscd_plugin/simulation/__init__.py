"""Scenes and image pairs with known truth: terrain, sun, phenomena, sensor. numpy and scipy only."""
