"""What a family of guides calls things, as data."""
