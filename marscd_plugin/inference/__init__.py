"""ONNX sessions and devices, model cards, normalisation, tiles: knows nothing of change or analogues."""
