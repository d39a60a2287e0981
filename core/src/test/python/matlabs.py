"""Writes into the folder argv[1] MAT-files of level 5 (scipy) and 7.3 (h5py, laid out as MATLAB does) with one scan and values of every kind."""
import sys, os
import h5py
import numpy as np
import scipy.io

folder = sys.argv[1]


def path(name):
    return os.path.join(folder, name)


v = np.arange(24).reshape(2, 3, 4)
kinds = {t: v.astype(t) for t in ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8"]}
values = {"n" + t: a for t, a in kinds.items()}
values["yes"] = v % 2 == 0
values["c"] = v - 1j * v
values["text"] = "Größe"
values["empty"] = np.zeros((0, 3))
values["p"] = {"name": "scan", "inner": {"lambda": 1.5}, "list": np.empty((1, 2), object)}
values["p"]["list"][0, 0] = np.arange(6.0).reshape(2, 3)
values["p"]["list"][0, 1] = "second"
array = np.zeros((1, 2), [("a", object), ("b", object)])
for k in range(2):
    array[0, k] = (np.arange(3.0) + k, f"b{k}")
values["s"] = array

N, R, C = 6, 5, 4
j, r, c = np.mgrid[:N, :R, :C]
frames = (j * 100 + r * 10 + c + 1).astype("u2").transpose(1, 2, 0)  # row, column, frame
bad = np.zeros((R, C), bool)
bad[1, 2] = True
probe = (np.arange(R * C).reshape(R, C) + 1) * (1 + 0.5j)
scan = {
    "dp": frames,
    "scan": {"positions": np.stack([0.5 * (np.arange(N) // 3), 0.6 * (np.arange(N) % 3)], 1)},
    "bad": bad,
    "energy": 8.0,
    "probe": np.stack([probe, 3 * probe], 2),
}
for name, packed in [("plain.mat", False), ("packed.mat", True)]:
    scipy.io.savemat(path(name), {**values, **scan}, do_compression=packed)
with open(path("packed.mat"), "rb") as f:
    whole = f.read()
with open(path("cut.mat"), "wb") as f:
    f.write(whole[: len(whole) // 2])
scipy.io.savemat(path("sparse.mat"), {"m": __import__("scipy.sparse").sparse.eye(3)})


# version 7.3: axes in the order of memory, so reversed in HDF5; structures are groups, cells references
CLASS = {"i1": "int8", "u1": "uint8", "i2": "int16", "u2": "uint16", "i4": "int32", "u4": "uint32", "i8": "int64", "u8": "uint64", "f4": "single", "f8": "double"}


def put(h, where, name, value):
    def kind(item, text):
        item.attrs["MATLAB_class"] = np.bytes_(text)

    if isinstance(value, dict):
        g = where.create_group(name)
        kind(g, "struct")
        for key, one in value.items():
            put(h, g, key, one)
    elif isinstance(value, str):
        d = where.create_dataset(name, data=np.array([[ord(x)] for x in value], "u2"))
        kind(d, "char")
        d.attrs["MATLAB_int_decode"] = np.int32(2)
    elif isinstance(value, np.ndarray) and value.dtype.names:
        g = where.create_group(name)
        kind(g, "struct")
        for field in value.dtype.names:
            g.create_dataset(field, data=refs(h, value[field]))
    elif isinstance(value, np.ndarray) and value.dtype == object:
        kind(where.create_dataset(name, data=refs(h, value)), "cell")
    else:
        value = np.atleast_2d(np.asarray(value))
        if value.size == 0:
            d = where.create_dataset(name, data=np.array(value.shape, "u8"))
            d.attrs["MATLAB_empty"] = np.uint8(1)
            kind(d, "double")
            return
        stored = value.T
        if np.iscomplexobj(value):
            stored = np.ascontiguousarray(stored).astype("c16").view([("real", "f8"), ("imag", "f8")])
        if value.dtype == bool:
            stored = stored.astype("u1")
        d = where.create_dataset(name, data=stored, chunks=stored.shape, compression="gzip")
        kind(d, "logical" if value.dtype == bool else "double" if np.iscomplexobj(value) else CLASS[value.dtype.str[1:]])


counter = [0]


def refs(h, array):
    out = np.empty(array.T.shape, h5py.ref_dtype)
    for index in np.ndindex(array.T.shape):
        name = f"r{counter[0]}"
        counter[0] += 1
        put(h, h.require_group("#refs#"), name, array.T[index])
        out[index] = h["#refs#"][name].ref
    return out


name = path("seven.mat")
with h5py.File(name, "w", userblock_size=512) as h:
    for key, one in {**values, **scan}.items():
        put(h, h, key, one)
with open(name, "r+b") as f:
    f.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Fri Nov 27 2026 HDF5 schema 1.00 .".ljust(124) + b"\x00\x02IM")
