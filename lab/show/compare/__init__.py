"""The comparison of 502 with 304, told: `text` for a terminal, `page` as one file of HTML, `record` for programs."""
