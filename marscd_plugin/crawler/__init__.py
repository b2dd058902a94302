"""Bringing files: a polite HTTP session, a frontier that survives a crash, transfers that resume and are verified."""
