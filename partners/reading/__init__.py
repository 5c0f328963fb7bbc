"""What people type, understood whole or asked about: one reader for each kind of thing.

Knows no Django and no models: text in, value out. A reader returns what the text says and nothing
else, or raises *Unclear* with the reason; it never keeps a part and drops the rest in silence.
"""
