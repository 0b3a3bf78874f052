# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks a PNG file with nothing but Python."""

import struct
import zlib


def _chunks(data):
    at = 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length:at + 12 + length])[0] == zlib.crc32(
            kind + body), kind
        yield kind, body
        at += 12 + length


def read(path):
    """(width, height, how many of its rows differ from the one above) of a file."""
    with open(path, "rb") as file:
        data = file.read()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", data[:8]
    chunks = list(_chunks(data))
    assert chunks[-1][0] == b"IEND", chunks[-1]
    width, height, depth, kind, _, _, interlaced = struct.unpack(">2I5B", chunks[0][1])
    assert depth == 8 and not interlaced and kind in (2, 6), (depth, kind, interlaced)
    packed = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    stride = 1 + width * (3 if kind == 2 else 4)
    assert len(packed) == stride * height, len(packed)
    rows = [packed[y * stride:(y + 1) * stride] for y in range(height)]
    return width, height, sum(map(_tells, rows[1:], rows))


# Kinds of rows: as they are, or less their neighbours to the left, above, both, or the nearest.
AS_IT_IS, LESS_LEFT = 0, 1


def _tells(row, above):
    """Whether a row shows something: more than one colour, or than the row above it."""
    if row[0] in (AS_IT_IS, LESS_LEFT):
        return row != above
    return any(row[1:])
