"""Whole jobs put together from the rooms below: one frozen job in, paths out; the same call runs in any worker."""
