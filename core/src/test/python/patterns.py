"""A structured scan as foreign software writes it: our container by h5py, the same as bare arrays in
HDF5, and as MATLAB variables. Pattern j is uneven in its own way; the signal is pattern x image."""
import os
import sys

import h5py
import numpy as np

folder = sys.argv[1]
rows, columns, count = 5, 7, 30
random = np.random.default_rng(1)
patterns = random.random((count, rows, columns))
image = np.zeros((rows, columns))
image[1:4, 2:5] = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
signal = patterns.reshape(count, -1) @ image.ravel()
transmission = np.exp(-image / 10)

with h5py.File(os.path.join(folder, "container.h5"), "w") as f:
    entry = f.create_group("entry")
    p = entry.create_group("patterns")
    p["data"] = patterns.astype("f4")
    p["pixel_size"] = [2e-8, 3e-8]
    s = entry.create_group("signals/mn")
    s.attrs["title"] = "Mn"
    s["data"] = signal
    s["data"].attrs["units"] = "counts"
    s["variance"] = np.full(count, 0.25)
    t = entry.create_group("transmission")
    t.attrs["quantity"] = "transmission"
    t["data"] = transmission.astype("f4")
    x = entry.create_group("exposure")
    x["real_time"] = np.full(count, 2.0)
    x["live_time"] = np.linspace(1.0, 2.0, count)
    x["incident"] = np.linspace(100.0, 90.0, count)

with h5py.File(os.path.join(folder, "arrays.h5"), "w") as f:
    f["light"] = patterns
    f["flat"] = patterns.reshape(count, -1)
    f["mn"] = signal
    f["image"] = transmission

try:
    from scipy.io import savemat
except ImportError:
    sys.exit(0)
savemat(
    os.path.join(folder, "scan.mat"),
    {
        "Patterns": np.array([p.ravel(order="F") for p in patterns]),
        "cube": patterns.transpose(1, 2, 0),
        "XRF_amount_Mn": signal.reshape(-1, 1),
        "TXM": image / 10,
    },
)
