"""Networks, losses, data sets, fitting and ONNX export: the only room that imports torch."""
