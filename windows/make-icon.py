#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a Windows icon of an SVG picture: make-icon.py RSVG-CONVERT PICTURE.svg ICON.ico"""
import struct
import subprocess
import sys

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)

rsvg_convert, picture, icon = sys.argv[1:]
images = [subprocess.run([rsvg_convert, "-w", str(size), "-h", str(size), picture], check=True,
                         stdout=subprocess.PIPE).stdout for size in SIZES]
# The header, an entry of 16 bytes for each size (256 is written as 0), then the images as PNG.
data = struct.pack("<HHH", 0, 1, len(SIZES))
offset = 6 + 16 * len(SIZES)
for size, image in zip(SIZES, images):
    data += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), offset)
    offset += len(image)
with open(icon, "wb") as file:
    file.write(data + b"".join(images))
