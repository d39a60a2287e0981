"""TIFF stacks by hand, of both byte orders: page p, row r, column c holds 100 p + 10 r + c (plus 3e9 for u4)."""
import struct, sys, os


def tiff(name, order, bits, kind, code, big=False, offset=0):
    pages, rows, columns = 3, 4, 5
    e = "<" if order == "I" else ">"
    out = bytearray(order.encode() * 2 + (struct.pack(e + "HHHQ", 43, 8, 0, 16) if big else struct.pack(e + "HI", 42, 8)))
    for p in range(pages):
        size = rows * columns * bits // 8
        tags = [(256, 3, columns), (257, 3, rows), (258, 3, bits), (259, 3, 1), (262, 3, 1),
                (273, 16 if big else 4, 0), (277, 3, 1), (278, 3, rows), (279, 4, size), (339, 3, kind)]
        head = (8 + 20 * len(tags) + 8) if big else (2 + 12 * len(tags) + 4)
        data = len(out) + head
        out += struct.pack(e + ("Q" if big else "H"), len(tags))
        for tag, type_, value in tags:
            value = data if tag == 273 else value
            width = 8 if big else 4
            packed = struct.pack(e + {3: "H", 4: "I", 16: "Q"}[type_], value).ljust(width, b"\0")
            out += struct.pack(e + ("HHQ" if big else "HHI"), tag, type_, 1) + packed
        out += struct.pack(e + ("Q" if big else "I"), 0 if p == pages - 1 else data + size)
        for r in range(rows):
            for c in range(columns):
                out += struct.pack(e + code, 100 * p + 10 * r + c + offset if code != "B" else 50 * p + 10 * r + c)
    open(os.path.join(sys.argv[1], name + ".tif"), "wb").write(out)


for order in "IM":
    for big in (False, True):
        n = order + ("big" if big else "")
        tiff("u8" + n, order, 8, 1, "B", big)
        tiff("u16" + n, order, 16, 1, "H", big)
        tiff("u32" + n, order, 32, 1, "I", big, offset=3000000000)
        tiff("f32" + n, order, 32, 3, "f", big)
