"""Portraits drawn from a number: a face nobody owns."""

import hashlib

_SKIES = ("#CFE8E2", "#F6E3BC", "#D5DEF2", "#F6D8CE", "#E2D8EC", "#DCE8C8", "#D2EAF2", "#ECDDCF")
_HAIR = ("#2E2A28", "#4A3527", "#6B4A33", "#1F2430", "#7A5A44")
_SKIN = ("#F6D7BE", "#EFC7A4", "#E5B48C", "#FBE3D0")
_CLOTHES = ("#0E8F7E", "#E0A12B", "#4C6FBF", "#D9694A", "#7A5BA6", "#6B8E23", "#3A9BC1", "#9A6B4F")


def portrait(key: str, gender: int) -> str:
    """Return an SVG of 96×96: the same face for the same key."""
    digest = hashlib.sha256(key.encode()).digest()
    sky, hair = _SKIES[digest[0] % 8], _HAIR[digest[1] % 5]
    skin, clothes = _SKIN[digest[2] % 4], _CLOTHES[digest[3] % 8]
    tilt = digest[4] % 5 - 2
    long_hair = (
        f'<path d="M26 46c0-18 10-26 22-26s22 8 22 26v22H26z" fill="{hair}"/>'
        if gender != 1
        else ""
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">'
        f'<rect width="96" height="96" fill="{sky}"/>{long_hair}'
        f'<path d="M14 96c2-20 16-28 34-28s32 8 34 28z" fill="{clothes}"/>'
        f'<rect x="41" y="56" width="14" height="16" rx="6" fill="{skin}"/>'
        f'<g transform="rotate({tilt} 48 46)">'
        f'<ellipse cx="48" cy="46" rx="18" ry="20" fill="{skin}"/>'
        f'<path d="M29 44c0-16 9-23 19-23s19 7 19 23c-6-9-12-12-19-12s-13 3-19 12z" fill="{hair}"/>'
        '<circle cx="41" cy="47" r="1.8" fill="#2A2A2A"/><circle cx="55" cy="47" r="1.8" '
        'fill="#2A2A2A"/><path d="M43 55c3 3 7 3 10 0" stroke="#9A4B3B" stroke-width="1.6" '
        'fill="none" stroke-linecap="round"/></g></svg>'
    )
