"""Record to what people and programs read: tables, CSV, and where it is written."""
