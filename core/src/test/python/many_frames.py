"""A scan of 47,000 frames of 256 x 256 in a small file: a virtual dataset that shows 100 stored frames 470 times.

usage: many_frames.py FOLDER
"""
import os
import sys

import h5py
import numpy as np

STORED, TIMES, N, STEP = 100, 470, 256, 23
folder = sys.argv[1]
rng = np.random.default_rng(1)
y, x = np.mgrid[:N, :N] - N // 2
mean = 200.0 / (1 + (y * y + x * x) / 300.0) ** 2
with h5py.File(os.path.join(folder, "stored.h5"), "w") as f:
    frames = rng.poisson(mean, (STORED, N, N)).astype("u2")
    f.create_dataset("frames", data=frames, chunks=(1, N, N), shuffle=True, compression=1)
count = STORED * TIMES
layout = h5py.VirtualLayout((count, N, N), "u2")
source = h5py.VirtualSource("stored.h5", "frames", (STORED, N, N))
for k in range(TIMES):
    layout[k * STORED : (k + 1) * STORED] = source
side = int(np.ceil(np.sqrt(count)))
j = np.arange(count)
energy = 8000 * 1.602176634e-19
pixel = 1.5498026e-10 * 5 / (N * 75e-6)
place = STEP * np.stack([j % side, j // side, 0 * j], 1) + rng.uniform(-5, 5, (count, 3))
with h5py.File(os.path.join(folder, "scan.cxi"), "w", libver="latest") as f:
    f["cxi_version"] = 160
    f["entry_1/instrument_1/source_1/energy"] = energy
    detector = f.create_group("entry_1/instrument_1/detector_1")
    detector.create_virtual_dataset("data", layout)
    detector["distance"] = 5.0
    detector["x_pixel_size"] = 75e-6
    detector["y_pixel_size"] = 75e-6
    f["entry_1/sample_1/geometry_1/translation"] = place * pixel
