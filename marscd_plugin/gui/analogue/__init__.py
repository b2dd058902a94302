"""The page Analogues: where else does the ground look like this?"""
