"""TIFF stacks with compressed strips, packed by hand: page p, row r, column c holds 100 p + 10 r + c.

Deflate by zlib, LZW by the encoder below (TIFF 6.0, section 13), and horizontal differencing before
them. 17 rows in strips of 5, so that the last strip is short. Argument: a folder.
"""
import os
import struct
import sys
import zlib

PAGES, ROWS, COLUMNS, STRIP = 3, 17, 11, 5


def lzw(data):
    out, bits, length = 0, 0, 0
    packed = bytearray()

    def put(code, width):
        nonlocal out, bits
        out = (out << width) | code
        bits += width
        while bits >= 8:
            packed.append(out >> (bits - 8) & 255)
            bits -= 8

    table = {bytes([i]): i for i in range(256)}
    following, width = 258, 9
    put(256, width)
    word = b""
    for byte in data:
        longer = word + bytes([byte])
        if longer in table:
            word = longer
            continue
        put(table[word], width)
        table[longer] = following
        following += 1
        if following == 4094:
            put(256, 12)
            table = {bytes([i]): i for i in range(256)}
            following, width = 258, 9
        elif following >= (1 << width) - 1:
            width += 1
        word = bytes([byte])
    put(table[word], width)
    following += 1
    if following >= (1 << width) - 1 and width < 12:
        width += 1
    put(257, width)
    if bits:
        packed.append(out << (8 - bits) & 255)
    return bytes(packed)


def strip(order, code, page, first, predictor):
    data = bytearray()
    for r in range(first, min(first + STRIP, ROWS)):
        odd = 150 if code in "hi" else 0
        values = [100 * page + 10 * r + c - odd * (c % 2) for c in range(COLUMNS)]
        if predictor == 2:
            values = [values[0]] + [b - a for a, b in zip(values, values[1:])]
        data += struct.pack(order + str(COLUMNS) + code, *values)
    return bytes(data)


def tiff(name, order, code, kind, compression, predictor):
    e = "<" if order == "I" else ">"
    out = bytearray(order.encode() * 2 + struct.pack(e + "HI", 42, 8))
    for page in range(PAGES):
        strips = [strip(e, code, page, r, predictor) for r in range(0, ROWS, STRIP)]
        packed = [lzw(s) if compression == 5 else zlib.compress(s) for s in strips]
        number = len(packed)
        tags = 12
        head = 2 + 12 * tags + 4
        lists = len(out) + head
        data = lists + 8 * number
        offsets = [data + sum(len(p) for p in packed[:i]) for i in range(number)]
        following = data + sum(len(p) for p in packed)
        bits = struct.calcsize(code) * 8
        out += struct.pack(e + "H", tags)
        for tag, type_, count, value in [
            (256, 3, 1, COLUMNS), (257, 3, 1, ROWS), (258, 3, 1, bits), (259, 3, 1, compression),
            (262, 3, 1, 1), (273, 4, number, lists), (277, 3, 1, 1), (278, 3, 1, STRIP),
            (279, 4, number, lists + 4 * number), (284, 3, 1, 1), (317, 3, 1, predictor),
            (339, 3, 1, kind)]:
            small = type_ == 3 and count == 1
            out += struct.pack(e + "HHI", tag, type_, count)
            out += struct.pack(e + "HH", value, 0) if small else struct.pack(e + "I", value)
        out += struct.pack(e + "I", following if page < PAGES - 1 else 0)
        out += struct.pack(e + str(number) + "I", *offsets)
        out += struct.pack(e + str(number) + "I", *[len(p) for p in packed])
        for p in packed:
            out += p
    open(os.path.join(sys.argv[1], name + ".tif"), "wb").write(out)


for order in "IM":  # signed: the same numbers less 150 at odd columns
    tiff("signed16" + order, order, "h", 2, 8, 1)
    tiff("signed32" + order, order, "i", 2, 8, 1)
    tiff("p16lzw" + order, order, "H", 1, 5, 1)
    tiff("p16lzwdiff" + order, order, "H", 1, 5, 2)
    tiff("p16deflate" + order, order, "H", 1, 8, 1)
    tiff("pf32deflate" + order, order, "f", 3, 32946, 1)
