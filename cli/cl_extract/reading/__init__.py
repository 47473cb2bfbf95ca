"""Bytes to Document: decoding, front matter, markup, sections, noise."""
