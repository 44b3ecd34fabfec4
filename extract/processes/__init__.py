"""Run functions in processes of their own, within limits."""
