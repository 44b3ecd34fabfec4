"""Records as tables: what each column is called, holds and is read from."""
