"""Stacks of images over energy as the programs of the field lay them out; argument: a folder.

Pixel (r, c) of image e is 1000 e + 10 r + c (+ 0.5 where floats are written).
"""
import sys

import h5py
import numpy as np

folder = sys.argv[1]
n, rows, columns = 5, 7, 9
e, r, c = np.meshgrid(np.arange(n), np.arange(rows), np.arange(columns), indexing="ij")
counts = (1000 * e + 10 * r + c).astype("u2")
real = (counts + 0.5).astype("f4")
kev = np.array([8.330, 8.335, 8.3475, 8.350, 8.36])


def h5(name):
    return h5py.File(f"{folder}/{name}.h5", "w")


# six ways of lying in the file: contiguous; chunks without filter; planes deflated; rows and planes
# in one chunk, shuffled; big-endian with checksums; one chunk for each column of pixels
layouts = {
    "contiguous": dict(data=counts),
    "chunked": dict(data=real, chunks=(1, 4, 9)),
    "deflated": dict(data=counts, chunks=(1, 7, 9), compression="gzip", compression_opts=4),
    "shuffled": dict(data=real, chunks=(2, 3, 4), compression="gzip", shuffle=True),
    "bigendian": dict(data=real.astype(">f8"), chunks=(1, 2, 9), compression="gzip", fletcher32=True),
    "spectra": dict(data=counts.astype("i4"), chunks=(5, 1, 1), compression="lzf"),
}
for name, layout in layouts.items():
    with h5(name) as f:
        f.create_dataset("images", **layout)
        f["energies"] = kev

with h5("pyxas") as f:
    f["img_xanes"] = real / 1000
    f["X_eng"] = kev
    f["scan_id"] = 12

with h5("fxi") as f:  # the exporter divides already and keeps flats and darks beside
    f["img_xanes"] = (real / 6000).astype("f4")
    f["X_eng"] = kev
    f["img_bkg"] = np.full((n, rows, columns), 6000, "f4")
    f["img_dark"] = np.full((1, rows, columns), 100, "f4")
    f["Pixel Size"] = "20.3nm"

with h5("raw") as f:  # counts with flats and darks of the same exporter
    f["img_xanes"] = counts
    f["X_eng"] = kev
    f["img_bkg"] = np.full((n, rows, columns), 6000, "u2") + e.astype("u2")
    f["img_dark"] = np.array([np.full((rows, columns), 100), np.full((rows, columns), 104)])

with h5("repeated") as f:  # ten flats and three darks for each energy
    f["img_xanes"] = counts
    f["X_eng"] = kev
    f["img_bkg"] = np.stack([np.full((n, rows, columns), 6000 + k, "u2") + e for k in range(10)], axis=1)
    f["img_dark"] = np.stack([np.full((n, rows, columns), 100 + k, "u2") for k in range(3)], axis=1)

with h5("exchange") as f:
    f["implements"] = "exchange"
    f["exchange/data"] = counts
    f["exchange/data_white"] = np.stack([np.full((rows, columns), v, "u2") for v in (5000, 5100, 5200)])
    f["exchange/data_dark"] = np.full((2, rows, columns), 10, "u2")
    f["exchange/energy"] = kev * 1000
    f["exchange/energy"].attrs["units"] = "eV"

with h5("mantis") as f:
    f["implements"] = "information:exchange:spectromicroscopy"
    f["exchange/data"] = np.transpose(real, (2, 1, 0)).astype("f8")  # x, y, energy
    f["exchange/data"].attrs["axes"] = "x:y"
    f["exchange/energy"] = kev * 1000
    f["exchange/energy"].attrs["units"] = "ev"
    f["exchange/x"] = np.arange(columns) * 0.05
    f["exchange/y"] = np.arange(rows) * 0.05
    f["spectromicroscopy/normalization/white_spectrum"] = [9000.0, 10000.0]
    f["spectromicroscopy/normalization/white_spectrum_energy"] = [8330.0, 8350.0]

with h5("last") as f:  # rows, columns, energies
    f.create_dataset("cube", data=np.transpose(counts, (1, 2, 0)), chunks=(3, 4, 5), compression="gzip")
    f["energy"] = kev
    f["energy"].attrs["unit"] = "keV"

with h5("volumes") as f:
    f["data"] = np.stack([counts, counts + 7], axis=1)  # energy, slice, row, column
    f["energies"] = kev

with h5("two") as f:
    f["a/first"] = counts
    f["b/second"] = counts
    f["energies"] = kev

with h5("none") as f:
    f["energies"] = kev
    f["table"] = np.zeros((4, 3))

with h5("bare") as f:
    f["images"] = counts

with h5("disordered") as f:
    f["images"] = counts
    f["energies"] = [8.33, 8.35, 8.34, 8.35, 8.36]

with h5("energylist") as f:
    f["scan/X_eng"] = kev
