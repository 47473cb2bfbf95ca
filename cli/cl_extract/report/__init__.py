"""A collection of releases to one page that opens anywhere: what they state, where, and what it adds up to."""
