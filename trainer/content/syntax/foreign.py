"""Files that another program made, known by how they begin: under any name they are no text."""

from __future__ import annotations

import re

_COPY = "recopiez-en le texte dans le Bloc-notes, et enregistrez en UTF-8"
_REMOVE = "mettez à sa place un fichier texte"
_ZIP = b"PK\x03\x04"
# The names of the files in a zip are never compressed, and tell who made it.
_IN_ZIP = rb"(?s)PK\x03\x04.{26}(word/|xl/|ppt/|mimetypeapplication/vnd\.oasis)"
_ZIPPED = {
    b"word/": f"c’est un document Word, pas un fichier texte ; {_COPY}",
    b"xl/": f"c’est un classeur Excel, pas un fichier texte ; {_COPY}",
    b"ppt/": f"c’est une présentation PowerPoint, pas un fichier texte ; {_COPY}",
    b"mimetypeapplication/vnd.oasis": f"c’est un document LibreOffice, pas un fichier texte ; {_COPY}",
}
_ARCHIVE = f"c’est une archive, pas un fichier texte ; {_REMOVE}"
_BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", f"c’est un document Word ou Excel, pas un fichier texte ; {_COPY}"),
    (b"{\\rtf", f"c’est un document RTF (WordPad, Word), pas un fichier texte ; {_COPY}"),
    (b"%PDF", f"c’est un document PDF, pas un fichier texte ; {_COPY}"),
    (b"\x89PNG", f"c’est une image, pas un fichier texte ; {_REMOVE}"),
    (b"\xff\xd8\xff", f"c’est une image, pas un fichier texte ; {_REMOVE}"),
    (b"GIF8", f"c’est une image, pas un fichier texte ; {_REMOVE}"),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
)
_MARKUP = rb"(?i)(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)\b"
_XML = rb"(?i)(?:\xef\xbb\xbf)?\s*<\?xml\b"
_LOOKED_AT = 4096
_MOSTLY, _HARDLY = 0.4, 0.05
"""Shares of NULs: in a Latin text in UTF-16, every other byte is one."""


def foreign(data: bytes) -> str:
    """What a file is and what to do about it, in French, where it is no text in UTF-8; else nothing."""
    if data.startswith(_ZIP):
        found = re.search(_IN_ZIP, data)
        return _ZIPPED[found[1]] if found else _ARCHIVE
    for beginning, message in _BEGINNINGS:
        if data.startswith(beginning):
            return message
    start = data[:_LOOKED_AT]
    return (_marked_up(start) if b"<" in start else "") or _of_nuls(start)


def _marked_up(data: bytes) -> str:
    if re.match(_MARKUP, data):
        return f"c’est une page web (HTML), pas un fichier texte ; {_COPY}"
    if re.match(_XML, data):
        return f"c’est un fichier XML, pas du YAML ; {_COPY}"
    return ""


def _of_nuls(data: bytes) -> str:
    if b"\0" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ""
    if not data.strip(b"\0"):
        return (
            "fichier rempli d’octets nuls, sans doute abîmé pendant un enregistrement ; reprenez-en une copie"
        )
    at_even, at_odd = _share_of_nuls(data[::2]), _share_of_nuls(data[1::2])
    if min(at_even, at_odd) < _HARDLY and max(at_even, at_odd) > _MOSTLY:
        return "fichier en UTF-16, sans la marque qui le dirait ; enregistrez en UTF-8"
    return ""


def _share_of_nuls(data: bytes) -> float:
    return data.count(0) / max(len(data), 1)
