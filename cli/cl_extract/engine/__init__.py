"""Document to Record: lex, match, resolve, by what the packs say."""
