"""Writes the same map of 20 x 30 numbers as py4DSTEM-like HDF5, as .npy, as .npz and, transposed in time, as a stack of two images."""
import sys

import h5py
import numpy as np

folder = sys.argv[1]
a = (1000 * np.arange(20)[:, None] + np.arange(30)[None, :]).astype("f8")
np.save(folder + "/a.npy", a.astype(">f4"))
np.savez(folder + "/two.npz", a=a, b=2 * a)
with h5py.File(folder + "/strain.h5", "w") as f:
    f["root/strain/e_xx"] = a
    f["root/strain/e_xx"].attrs["units"] = "%"
    f["root/calibration"] = np.arange(3.0)
with h5py.File(folder + "/stack.h5", "w") as f:
    f["maps"] = np.stack([a, -a])
