"""A function in a process of its own, within limits."""
