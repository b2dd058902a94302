"""Setting the plugin up: the page in QGIS's options dialog, and the packages that QGIS's Python lacks."""

#: By which ``iface.showOptionsDialog`` finds our page (QGIS looks for the page widget's object name).
PAGE = "marscdOptions"
