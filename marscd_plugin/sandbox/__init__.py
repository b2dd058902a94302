"""A small Mars archive on this computer: simulated or real images behind the archives' own protocols.

Written from recorded replies and published formats, never from this plugin's own clients: a mistake that client and
server share would stay hidden. Hence no import of ``archives``, ``crawler`` or ``products``.
"""
