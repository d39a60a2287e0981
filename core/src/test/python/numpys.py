"""Writes into the folder argv[1] NumPy files of every numeric type, order and version, and one scan of them."""
import sys, os
import numpy as np

folder = sys.argv[1]


def path(name):
    return os.path.join(folder, name)


v = np.arange(24).reshape(2, 3, 4)
arrays = {}
for t in ["i1", "u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8", ">u8",
          "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"]:
    arrays["n" + t.replace("<", "L").replace(">", "B")] = v.astype(t)
arrays["fortran"] = np.asfortranarray(v.astype("<i2"))
arrays["bool"] = v % 2 == 0
for t in ["<c8", ">c8", "<c16", ">c16"]:
    arrays["c" + t.replace("<", "L").replace(">", "B")] = (v - 1j * v).astype(t)
arrays["scalar"] = np.float64(2.5)
arrays["texts"] = np.array(["a", "b"])
arrays["large"] = np.array([2**64 - 2048], "u8")
np.savez(path("all.npz"), **arrays)
np.savez_compressed(path("packed.npz"), **arrays)
for version in [(1, 0), (2, 0), (3, 0)]:
    with open(path(f"version{version[0]}.npy"), "wb") as f:
        np.lib.format.write_array(f, v.astype("<u2"), version)

N, R, C = 6, 5, 4
j, r, c = np.mgrid[:N, :R, :C]
frames = (j * 100 + r * 10 + c + 1).astype(">u2")
row = 0.5 * (np.arange(N) // 3)
column = 0.6 * (np.arange(N) % 3)
bad = np.zeros((R, C), bool)
bad[1, 2] = True
scan = dict(diffraction=frames, places=np.stack([column, row], 1), bad=bad, energy=8.0)
np.savez_compressed(path("scan.npz"), **scan)
np.savez(path("turned.npz"), **{**scan, "diffraction": np.asfortranarray(frames)})
np.save(path("frames.npy"), frames)
np.save(path("places.npy"), scan["places"])
with open(path("all.npz"), "rb") as f:
    whole = f.read()
with open(path("cut.npz"), "wb") as f:
    f.write(whole[:len(whole) // 2])
with open(path("frames.npy"), "rb") as f:
    whole = f.read()
with open(path("cut.npy"), "wb") as f:
    f.write(whole[:-7])
