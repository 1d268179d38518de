"""The grid told: `words` says a cell in a sign and a word, `text` for a terminal, `page` for a browser, `records` for
programs."""
