"""Writes into the folder argv[1] files of every kind that Hdf5 must read; each number is known from its index."""
import sys, os
import h5py
import numpy as np

folder = sys.argv[1]


def path(name):
    return os.path.join(folder, name)


with h5py.File(path("types.h5"), "w") as h:
    v = np.arange(24).reshape(2, 3, 4)
    for t in ["i1", "u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8", ">u8",
              "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"]:
        h["n" + t.replace("<", "L").replace(">", "B")] = v.astype(t)
    h["bool"] = v % 2 == 0
    h["c8"] = (v + 1j * -v).astype("c8")
    h["c16"] = (v + 1j * -v).astype("c16")
    h["scalar"] = 2.5
    h["text"] = "Größe in µm"
    h["bytes"] = np.bytes_("fixed")
    h["texts"] = np.array(["eins", "zwei", ""], dtype=h5py.string_dtype())
    h["fixedtexts"] = np.array([b"ab", b"abc"], dtype="S5")
    h["empty"] = h5py.Empty("f4")
    h["nothing"] = np.zeros((0, 3), "f4")
    h["bytes"].attrs["unit"] = "µm"
    h["bytes"].attrs["old"] = np.bytes_("nm")
    h["bytes"].attrs["numbers"] = [1.5, 2.5]
    h["soft"] = h5py.SoftLink("/scalar")
    h["dangling"] = h5py.SoftLink("/nowhere")
    h["external"] = h5py.ExternalLink("other.h5", "/data")
    h["lost"] = h5py.ExternalLink("lost.h5", "/data")
    h["group/inner/x"] = 1
with h5py.File(path("other.h5"), "w") as h:
    h["data"] = np.arange(5.0)

frames = (np.arange(7 * 10 * 12).reshape(7, 10, 12) * 37 % 251).astype("u2")
for i in range(2):
    with h5py.File(path(f"source{i}.h5"), "w") as h:
        h["entry/data"] = frames + i
layout = h5py.VirtualLayout((14, 10, 12), "u2")
for i in range(2):
    layout[i * 7:(i + 1) * 7] = h5py.VirtualSource(f"source{i}.h5", "entry/data", (7, 10, 12))
with h5py.File(path("virtual.h5"), "w") as h:
    h.create_virtual_dataset("data", layout, fillvalue=9)
    inner = h5py.VirtualLayout((3, 10, 12), "u2")
    inner[:] = h5py.VirtualSource(h["data"])[5:8]
    h.create_virtual_dataset("inner", inner)
broken = h5py.VirtualLayout((7, 10, 12), "u2")
broken[:] = h5py.VirtualSource("gone.h5", "entry/data", (7, 10, 12))
wrong = h5py.VirtualLayout((7, 10, 12), "u2")
wrong[:] = h5py.VirtualSource("source0.h5", "entry/absent", (7, 10, 12))
with h5py.File(path("broken.h5"), "w") as h:
    h.create_virtual_dataset("file", broken)
    h.create_virtual_dataset("dataset", wrong)
    h["healthy"] = 1.0
