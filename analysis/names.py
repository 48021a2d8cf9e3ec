"""The one error for a name that nobody knows: it gives the nearest names, or all of them."""

import difflib


def unknown(what: str, found, known) -> ValueError:
    """Return the error for a name that is not among those known: it gives the nearest, or else all of them."""
    names = {str(k).lower(): str(k) for k in known}
    near = [names[n] for n in difflib.get_close_matches(str(found).lower(), names, n=3, cutoff=0.5)]
    known = f"expected one of {', '.join(names.values())}" if names else "there is none"
    expected = f"nearest: {', '.join(near)}" if near else known
    return ValueError(f"no {what} {found!r}; {expected}")
