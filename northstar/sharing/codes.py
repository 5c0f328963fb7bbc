"""QR codes: an address as a drawing that the camera of a phone follows."""

import io

import segno

SCALE = 8  # pixels a square; the drawing grows with whatever it stands in


def drawn(address: str) -> bytes:
    """*address* as SVG without styles or classes, dark on white in every colour scheme."""
    code = segno.make(address, error="m", micro=False)
    svg = io.BytesIO()
    code.save(
        svg,
        kind="svg",
        scale=SCALE,
        border=4,
        dark="#13232b",
        light="#fff",
        svgclass=None,
        lineclass=None,
        title=address,
    )
    return svg.getvalue()
