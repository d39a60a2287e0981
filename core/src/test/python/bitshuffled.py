"""Wrote src/test/resources/argand/file/bitshuffle_*.cxi: chunks as detectors write them (filter 32008, LZ4 inside).
The transposition is K. Masui's own C code and the LZ4 blocks are liblz4's, both as packed in imagecodecs."""
import sys, os, struct
import h5py
import imagecodecs
import numpy as np
from compressed import frames


def packed(data, nelems):
    size = data.dtype.itemsize
    raw = data.tobytes()
    whole = len(raw) // (8 * size) * 8 * size
    out = struct.pack(">QI", len(raw), nelems * size)
    for at in range(0, whole, nelems * size):
        block = raw[at:min(whole, at + nelems * size)]
        bits = imagecodecs.bitshuffle_encode(block, itemsize=size, blocksize=len(block) // size)
        lz4 = imagecodecs.lz4_encode(bytes(bits), header=False)
        out += struct.pack(">I", len(lz4)) + lz4
    return out + raw[whole:]


def bare(data, nelems):
    return bytes(imagecodecs.bitshuffle_encode(data.tobytes(), itemsize=data.dtype.itemsize, blocksize=nelems))


def write(name, dtype, depth, nelems, compression, encode):
    data = frames(5, 19, 21, dtype)
    with h5py.File(os.path.join(sys.argv[1], "bitshuffle_" + name + ".cxi"), "w") as h:
        d = "entry_1/instrument_1/detector_1/"
        plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plan.set_chunk((depth, 19, 21))
        plan.set_filter(32008, h5py.h5z.FLAG_OPTIONAL, (0, 4, data.dtype.itemsize, nelems, compression))
        h.create_group(d)
        space = h5py.h5s.create_simple(data.shape)
        set_ = h5py.h5d.create(h.id, (d + "data").encode(), h5py.h5t.py_create(data.dtype), space, dcpl=plan)
        for j in range(0, 5, depth):
            chunk = np.zeros((depth, 19, 21), data.dtype)
            chunk[:len(data[j:j + depth])] = data[j:j + depth]
            set_.write_direct_chunk((j, 0, 0), encode(chunk, nelems))


for t in ["u1", "<u2", ">u2", "<u4", "<f4", "<u8"]:
    write(t.replace("<", "").replace(">", "B"), t, 1, 2048, 2, packed)
write("blocks", "<u2", 2, 64, 2, packed)
write("bare", "<u2", 2, 64, 0, bare)
