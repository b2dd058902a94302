"""MarsCD: what changed on Mars here, and when; and where on Earth it looks like this."""


def classFactory(iface):  # noqa: N802 - the name QGIS calls
    """Make the plugin. ``iface`` is None in qgis_process."""
    from .plugin import MarscdPlugin

    return MarscdPlugin(iface)
