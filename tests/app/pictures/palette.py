# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a PNG with 256 colours, the most frequent ones, with nothing but Python."""

import collections
import struct
import zlib

COLOURS = 256


def _chunks(data):
    at = 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        yield kind, data[at + 8:at + 8 + length]
        at += 12 + length


def _row(kind, packed, above, step):
    """Undoes the filter of a row."""
    row = bytearray(packed)
    for i, value in enumerate(packed):
        left = row[i - step] if i >= step else 0
        up = above[i]
        corner = above[i - step] if i >= step else 0
        if kind == 4:
            near = min((left, up, corner), key=lambda side: abs(left + up - corner - side))
        else:
            near = (0, left, up, (left + up) // 2)[kind]
        row[i] = (value + near) & 255
    return row


def _pixels(path):
    """Width, height and the rows of (red, green, blue)."""
    chunks = list(_chunks(path.read_bytes()))
    width, height, depth, kind = struct.unpack(">2I2B", chunks[0][1][:10])
    assert depth == 8 and kind in (2, 6), (depth, kind)
    step = 3 if kind == 2 else 4
    data = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    above = bytearray(width * step)
    rows = []
    for y in range(height):
        at = y * (width * step + 1)
        above = _row(data[at], data[at + 1:at + 1 + width * step], above, step)
        rows.append(list(zip(above[0::step], above[1::step], above[2::step])))
    return width, height, rows


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def shrink(source, target):
    """Writes the picture of one file into another with few colours."""
    width, height, rows = _pixels(source)
    counts = collections.Counter(pixel for row in rows for pixel in row)
    colours = [colour for colour, _ in counts.most_common(COLOURS)]
    nearest = {colour: i for i, colour in enumerate(colours)}
    for pixel in counts:
        if pixel not in nearest:
            nearest[pixel] = min(range(len(colours)), key=lambda i: sum(
                (a - b) ** 2 for a, b in zip(colours[i], pixel)))
    packed = b"".join(b"\0" + bytes(nearest[pixel] for pixel in row) for row in rows)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"\x89PNG\r\n\x1a\n"
                       + _chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 3, 0, 0, 0))
                       + _chunk(b"PLTE", b"".join(map(bytes, colours)))
                       + _chunk(b"IDAT", zlib.compress(packed, 9)) + _chunk(b"IEND", b""))
