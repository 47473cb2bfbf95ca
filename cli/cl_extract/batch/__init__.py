"""Folders of releases to one collection: files found, read on all cores, and kept so that nothing is lost or doubled."""
