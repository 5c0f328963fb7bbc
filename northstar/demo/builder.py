"""placeholder"""


def build_if_empty(size: str) -> bool:
    return True
