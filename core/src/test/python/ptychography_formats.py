"""Writes into the folder argv[1] one small scan in the layouts of foreign programs, from the formats' documentation.

frame[j, r, c] = j * 100 + r * 10 + c + 1; probe at row 0.5 um * (j // 3), column 0.6 um * (j % 3); 8 keV, 2 m, 75 um x 80 um pixels.
"""
import sys, os
import h5py
import numpy as np

folder = sys.argv[1]
N, R, C = 6, 5, 4
j, r, c = np.mgrid[:N, :R, :C]
frames = (j * 100 + r * 10 + c + 1).astype("u4")
row = 0.5e-6 * (np.arange(N) // 3)
column = 0.6e-6 * (np.arange(N) % 3)
bad = np.zeros((R, C), "u4")
bad[1, 2] = 4
JOULE = 1.602176634e-19
WAVELENGTH = 1.23984198433e-6 / 8000
probe = (np.arange(2 * R * C).reshape(2, R, C) + 1) * np.exp(0.1j)


def path(name):
    return os.path.join(folder, name)


def group(parent, name, nx_class):
    g = parent.create_group(name)
    g.attrs["NX_class"] = nx_class
    return g


def put(parent, name, value, **attributes):
    parent[name] = value
    for key, v in attributes.items():
        parent[name].attrs[key] = v


# ptypy: chunks of prepared data, as PtyScan saves them
with h5py.File(path("chunks.ptyd"), "w") as h:
    for k, part in enumerate([slice(0, 4), slice(4, 6)]):
        g = f"chunks/{k}/"
        h[g + "data"] = frames[part].astype("f4")
        h[g + "positions"] = np.stack([row, column], 1)[part]
        h[g + "indices"] = np.arange(N)[part]
        weights = np.repeat((bad == 0)[None], len(row[part]), 0)
        if k == 1:
            weights[0, 3, 3] = False
        h[g + "weights"] = weights.astype("f4")
    h["meta/energy"] = 8.0
    h["meta/distance"] = 2.0
    h["meta/psize"] = np.array([75e-6, 80e-6])
    h["meta/propagation"] = "farfield"
    h["meta/version"] = "0.1"
# the same with positions of the whole scan, of which indices were kept, one mask, and a wavelength
with h5py.File(path("indices.ptyd"), "w") as h:
    h["chunks/0/data"] = frames
    h["chunks/0/indices"] = np.arange(N) * 2
    h["chunks/0/weights"] = np.zeros(0)
    h["common/positions_scan"] = np.repeat(np.stack([row, column], 1), 2, 0)
    h["common/weight2d"] = (bad == 0)
    h["info/lam"] = WAVELENGTH
    h["info/distance"] = 2.0
    h["info/psize"] = 75e-6
# as ptypy's own writer keeps lists, texts and None: single zeros of the type None, indices as floating-point numbers
with h5py.File(path("nones.ptyd"), "w") as h:
    def none(name):
        h[name] = np.zeros(1)
        h[name].attrs["type"] = "None"
    h["chunks/0/data"] = frames
    h["chunks/0/indices"] = np.arange(N) * 2.0
    none("chunks/0/positions")
    h["chunks/0/weights"] = np.zeros(0)
    h["info/positions_scan"] = np.repeat(np.stack([row, column], 1), 2, 0)
    none("meta/positions_scan")
    h["meta/weight2d"] = (bad == 0)
    for key in ("energy", "psize"):
        none("meta/" + key)
    h["meta/lam"], h["meta/distance"], h["info/psize"] = WAVELENGTH, 2.0, 75e-6
    h["meta/propagation"] = "farfield"

# NeXus, NXcxi_ptycho: linked data, translations of the sample
with h5py.File(path("nxcxi.nxs"), "w") as h:
    e = group(h, "entry_1", "NXentry")
    e["definition"] = "NXcxi_ptycho"
    i = group(e, "instrument_1", "NXinstrument")
    s = group(i, "source_1", "NXsource")
    put(s, "energy", 3.0, units="GeV")
    put(group(i, "beam_1", "NXbeam"), "energy", 8.0, units="keV")
    d = group(i, "detector_1", "NXdetector")
    put(d, "data", frames)
    put(d, "x_pixel_size", 80.0, units="um")
    put(d, "y_pixel_size", 0.075, units="mm")
    put(d, "distance", 2000.0, units="mm")
    put(d, "pixel_mask", bad)
    data = group(e, "data_1", "NXdata")
    data["data"] = h5py.SoftLink("/entry_1/instrument_1/detector_1/data")
    t = np.stack([column, row, 0 * row], 1)
    sample = group(e, "sample_1", "NXsample")
    geometry = sample.create_group("geometry_1")
    put(geometry, "translation", t * 1e6, units="um")
# the older way: transformations with directions, a raster, frames in NXdata, distance along the beam, wavelength
with h5py.File(path("raster.nxs"), "w") as h:
    e = group(h, "entry", "NXentry")
    i = group(e, "instrument", "NXinstrument")
    put(group(i, "monochromator", "NXmonochromator"), "wavelength", WAVELENGTH * 1e10, units="angstrom")
    d = group(i, "detector", "NXdetector")
    put(d, "x_pixel_size", 80e-6, units="m")
    put(d, "y_pixel_size", 75e-6, units="m")
    chain = group(d, "transformations", "NXtransformations")
    put(chain, "along", 2.0, units="m", transformation_type="translation", vector=[0.0, 0, 1])
    data = group(e, "data", "NXdata")
    data["data"] = frames.reshape(2, 3, R, C)
    sample = group(e, "sample", "NXsample")
    chain = group(sample, "transformations", "NXtransformations")
    put(chain, "across", -column[:3] * 1e3, units="mm", transformation_type="translation", vector=[-1.0, 0, 0])
    put(chain, "up", row[::3] * 1e3, units="mm", transformation_type="translation", vector=[0.0, 1, 0])
    put(chain, "theta", 0.0, units="deg", transformation_type="rotation", vector=[0.0, 1, 0])
# as NXptycho's writer has it: the attribute unit, an empty geometry, positioners by the names of their axes
with h5py.File(path("positioners.nxs"), "w") as h:
    e = group(h, "entry_1", "NXentry")
    e["definition"] = "NXptycho"
    i = group(e, "instrument", "NXinstrument")
    put(group(i, "Beam", "NXbeam"), "energy", 8000.0, unit="eV")
    d = group(i, "Detector", "NXdetector")
    put(d, "data", frames, unit="m")
    put(d, "distance", 2.0, unit="m")
    put(d, "x_pixel_size", 80e-6, unit="m")
    put(d, "y_pixel_size", 75e-6, unit="m")
    put(group(d, "Geometry", "NXtransformations"), "axis", np.zeros(0), vector=[0.0, 0, 1])
    group(i, "Positioner_1", "NXpositioner")["sample_x"] = column
    g = group(i, "Positioner_2", "NXpositioner")
    g["name"] = "samy"
    put(g, "value", row * 1e6, units="um")
with h5py.File(path("nounit.nxs"), "w") as h:
    e = group(h, "entry", "NXentry")
    i = group(e, "instrument", "NXinstrument")
    put(group(i, "beam", "NXbeam"), "incident_energy", 8000.0)
    put(group(i, "detector", "NXdetector"), "data", frames)
    sample = group(e, "sample", "NXsample")
    put(sample, "x", column, units="m")
    put(sample, "y", row, units="m")

# PtyLab, written by Python and by MATLAB (axes reversed), X-rays and light
for name, wavelength, matlab in [("ptylab.hdf5", WAVELENGTH, False), ("ptylab_matlab.hdf5", WAVELENGTH, True),
                                 ("ptylab_light.hdf5", 500e-9, False)]:
    with h5py.File(path(name), "w") as h:
        encoder = np.stack([row, column], 1) * (1e4 if wavelength > 1e-7 else 1)
        h["ptychogram"] = np.transpose(frames, (2, 1, 0)) if matlab else frames
        h["encoder"] = encoder.T if matlab else encoder
        h["dxd"] = 75e-6
        h["zo"] = 2.0
        h["wavelength"] = np.array([[wavelength]]) if matlab else wavelength
        h["entrancePupilDiameter"] = 1e-6
        if matlab:
            h["orientation"] = 1

# Dectris: a master with links to data files of 4 and 2 frames; the same without its data files
def master(name, data, units):
    with h5py.File(path(name), "w") as h:
        e = group(h, "entry", "NXentry")
        d = group(group(e, "instrument", "NXinstrument"), "detector", "NXdetector")
        beam = group(e["instrument"], "beam", "NXbeam")
        put(beam, "incident_wavelength", WAVELENGTH * 1e10, **({"units": "angstrom"} if units else {}))
        put(d, "detector_distance", 2.0, **({"units": "m"} if units else {}))
        put(d, "x_pixel_size", 80e-6, **({"units": "m"} if units else {}))
        put(d, "y_pixel_size", 75e-6, **({"units": "m"} if units else {}))
        put(d, "beam_center_x", 2.0)
        put(d, "beam_center_y", 2.5)
        s = group(d, "detectorSpecific", "NXcollection")
        put(s, "pixel_mask", bad)
        put(s, "photon_energy", 8000.0)
        group(e, "data", "NXdata")
        data(e["data"])


def linked(stem):
    def data(g):
        for k in (1, 2):
            g[f"data_{k:06d}"] = h5py.ExternalLink(f"{stem}_data_{k:06d}.h5", "/entry/data/data")
    return data


def virtual(g):
    layout = h5py.VirtualLayout((N, R, C), "u4")
    layout[:4] = h5py.VirtualSource("eiger_data_000001.h5", "/entry/data/data", (4, R, C))
    layout[4:] = h5py.VirtualSource("eiger_data_000002.h5", "/entry/data/data", (2, R, C))
    g.create_virtual_dataset("data", layout)


for k, part in enumerate([slice(0, 4), slice(4, 6)]):
    with h5py.File(path(f"eiger_data_{k + 1:06d}.h5"), "w") as h:
        h.create_dataset("entry/data/data", data=frames[part], chunks=(1, R, C), compression="gzip")
master("eiger_master.h5", linked("eiger"), True)
master("virtual_master.h5", virtual, False)
master("lost_master.h5", linked("lost"), True)
with open(path("positions.txt"), "w") as f:
    f.write("row column  # um\n")
    for a, b in zip(row * 1e6, column * 1e6):
        f.write(f"{a:.6f}, {b:.6f}\n")
np.save(path("positions.npy"), np.stack([row, column], 1))

# Ptychodus: patterns in one file, everything else beside it; the second pair does not know energy and distance
for name, known in [("aps", True), ("bare", False)]:
    with h5py.File(path(name + "_dp.hdf5"), "w") as h:
        h["dp"] = frames
    with h5py.File(path(name + "_para.hdf5"), "w") as h:
        h["probe_position_x_m"] = column
        h["probe_position_y_m"] = row
        h["probe"] = np.stack([probe, 5 * probe[::-1]]).astype("c8")
        h["object"] = np.ones((1, 9, 9), "c8")
        h["object"].attrs["pixel_height_m"] = WAVELENGTH * 2 / (R * 75e-6)
        h["object"].attrs["pixel_width_m"] = WAVELENGTH * 2 / (C * 80e-6)
        h.attrs["probe_energy_eV"] = 8000.0 if known else 0.0
        if known:
            h.attrs["detector_object_distance_m"] = 2.0

# CXI as cdtools writes it: dark frames, flags of the mask, basis vectors as columns, no pixel sizes
with h5py.File(path("cdtools.cxi"), "w") as h:
    h["cxi_version"] = 150
    h["number_of_entries"] = 1
    d = "entry_1/instrument_1/detector_1/"
    h[d + "data"] = frames
    h[d + "data_dark"] = np.ones((3, R, C))
    h[d + "distance"] = 2.0
    h[d + "basis_vectors"] = np.array([[0, -75e-6, 0], [-80e-6, 0, 0]]).T
    h[d + "mask"] = np.where(bad > 0, 2, 0x1000 * (frames[0] > 20)).astype("u4")
    h["entry_1/instrument_1/source_1/energy"] = 8000 * JOULE
    h["entry_1/instrument_1/source_1/wavelength"] = WAVELENGTH
    h["entry_1/sample_1/geometry_1/translation"] = np.stack([column, row, 0 * row], 1)
    h["entry_1/data_1/data"] = h5py.SoftLink("/" + d + "data")
    h["entry_1/data_1/translation"] = h5py.SoftLink("/entry_1/sample_1/geometry_1/translation")

# PtychoShelves: prepared data (zero frequency at the corner, positions in pixels, rounded), and a reconstruction that links to it
PIXEL = WAVELENGTH * 2 / (C * 75e-6)  # its frames are square
square = (np.mgrid[:N, :C, :C][0] * 100 + np.mgrid[:N, :C, :C][1] * 10 + np.mgrid[:N, :C, :C][2] + 1).astype("f4")
pixels = np.stack([row, column], 1) / PIXEL


def prepared(name, split, sharing=True):
    with h5py.File(path(name), "w") as h:
        h.attrs["format"] = np.uint32(2)
        h["objects"] = np.array([[20, 20]], "u8")
        h["probes"] = np.array([[C, C]], "u8")
        h.create_group("measurement").attrs["max_power"] = 1.0
        for k, part in enumerate(split):
            m = h.create_group(f"measurement/n{k}")
            for key in ("detector", "probe", "object"):
                m.attrs[key] = np.uint32(k if key == "detector" or key == "object" and not sharing else 0)
            m.attrs["max_sum"] = np.uint32(1000)
            m.create_dataset("data", data=np.fft.ifftshift(square[part], (1, 2)), compression="gzip", chunks=(1, C, C))
            m["positions"] = np.round(pixels[part]).astype("u4")
            d = h.create_group(f"detector/n{k}")
            d.attrs["rows"] = d.attrs["columns"] = np.uint32(C)
            # (1, 2) of the picture lies at (1 - 2, 2 - 2) of the corner; a module lacks the picture's first row
            d["bad_pixels"] = np.array([[(1 - C // 2) % C, (2 - C // 2) % C]], "u4")
            d["modules"] = np.array([[2, C, 0, 0], [1, C, C - 1, 0]], "u4")


prepared("S00042_data_004x004.h5", [slice(0, 4), slice(4, 6)])
prepared("two_objects.h5", [slice(0, 4), slice(4, 6)], False)
with h5py.File(path("S00042_recons.h5"), "w") as h:
    p = h.create_group("reconstruction/p")
    p["energy"], p["z"], p["ds"], p["lambda"] = 8.0, np.int32(2), 75e-6, WAVELENGTH
    p["dx_spec"] = np.array([PIXEL, PIXEL])
    p["positions"] = pixels + 5
    p["prop_regime"] = "farfield"
    complex_type = np.dtype([("r", "f4"), ("i", "f4")])
    modes = np.zeros((2, C, C), complex_type)
    modes["r"], modes["i"] = np.arange(2 * C * C).reshape(2, C, C), 1
    p["probes/probe_0"] = modes
    p["objects/object_0"] = np.ones((20, 20), complex_type)
    h["reconstruction/object"] = h5py.SoftLink("/reconstruction/p/objects/object_0")
    h["measurement/data"] = h5py.ExternalLink("S00042_data_004x004.h5", "/")
with h5py.File(path("lost_recons.h5"), "w") as h:
    h["reconstruction/p/energy"] = 8.0
    h["reconstruction/p/objects/object_0"] = np.ones((20, 20), complex_type)
    h["measurement/data"] = h5py.ExternalLink("lost.h5", "/")

# fold_slice: patterns and positions side by side, the pixel of the sample stated or not; electrons in angstrom
for name, stated in [("data_roi0", True), ("data_roi1", False)]:
    with h5py.File(path(name + "_dp.hdf5"), "w") as h:
        h.create_dataset("dp", data=frames, chunks=(1, R, C), compression="gzip")
    with h5py.File(path(name + "_para.hdf5"), "w") as h:
        h["ppX"], h["ppY"] = column[None], row[None]
        if stated:
            h["lambda"], h["dx"], h["angle"] = np.array([WAVELENGTH]), np.array([WAVELENGTH * 2 / (R * 75e-6)]), 0.0
with h5py.File(path("data_dp.hdf5"), "w") as h:
    h["dp"] = frames
with h5py.File(path("data_position.hdf5"), "w") as h:
    h["probe_positions_0"] = np.stack([column, row]) * 1e10

# SLS cSAXS: raw frames of an Eiger, classes of NeXus, units of the beamline, positions of the sample in a text
with h5py.File(path("run_00042.h5"), "w") as h:
    e = group(h, "entry", "NXentry")
    i = group(e, "instrument", "NXinstrument")
    d = group(i, "eiger_4", "NXdetector")
    put(d, "data", frames)
    put(d, "x_pixel_size", 80.0)
    put(d, "y_pixel_size", 75.0)
    m = group(i, "monochromator", "NXmonochromator")
    put(m, "energy", 8.0)
    put(m, "distance", 2000.0)
with open(path("scan_00042.dat"), "w") as f:
    f.write("Scan 42, Samroy 0.0000\n")
    f.write("DataPoint TotalPoints Target_x Average_x_st_fzp Stdev_x Target_y Average_y_st_fzp Stdev_y\n")
    for k in range(N):
        f.write(f"{k} {N} 0 {-column[k] * 1e6:.6f} 0.1 0 {-row[k] * 1e6:.6f} 0.1\n")
with open(path("named.csv"), "w") as f:
    f.write("x, y, time\n")
    for k in range(N):
        f.write(f"{column[k]:.9e}, {row[k]:.9e}, {k}\n")
