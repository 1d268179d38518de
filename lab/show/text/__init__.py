"""For people: each module makes lines of text out of values; what they mean never hangs on a colour alone."""
