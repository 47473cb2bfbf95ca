"""The pattern packs: YAML to checked, typed objects."""
