"""CXI files whose frames lie in chunks of every kind of filter; frame[j, r, c] = (j * 7919 + r * 31 + c * 7) % modulus."""
import sys, os
import h5py
import numpy as np

try:
    import hdf5plugin
except ImportError:
    hdf5plugin = None

folder = sys.argv[1]


def frames(n, rows, columns, dtype):
    j, r, c = np.mgrid[:n, :rows, :columns]
    return ((j * 7919 + r * 31 + c * 7) % 251).astype(dtype)


def cxi(name, data, virtual=None, **how):
    with h5py.File(os.path.join(folder, name + ".cxi"), "w") as h:
        d = "entry_1/instrument_1/detector_1/"
        if virtual is None:
            h.create_dataset(d + "data", data=data, **how)
        else:
            layout = h5py.VirtualLayout(data.shape, data.dtype)
            layout[:] = h5py.VirtualSource(virtual, d + "data", data.shape)
            h.create_virtual_dataset(d + "data", layout)
        h[d + "distance"] = 2.0
        h[d + "x_pixel_size"] = h[d + "y_pixel_size"] = 75e-6
        h[d + "basis_vectors"] = np.array([[0, -75e-6], [-75e-6, 0], [0, 0]])
        h["entry_1/instrument_1/source_1/energy"] = 8000 * 1.602176634e-19
        t = np.zeros((len(data), 3))
        t[:, 1] = np.arange(len(data)) * 1e-6
        h["entry_1/sample_1/geometry_1/translation"] = t


if __name__ == "__main__":
    cxi("contiguous", frames(5, 19, 21, ">u2"))
    cxi("gzip", frames(5, 19, 21, ">u2"), chunks=(2, 8, 8), compression="gzip", shuffle=True, fletcher32=True)
    cxi("lzf", frames(5, 19, 21, "<f4"), chunks=(1, 19, 21), compression="lzf", shuffle=True)
    cxi("i8", frames(5, 19, 21, "<i8"), chunks=(3, 19, 10), compression="gzip")
    cxi("f2", frames(5, 19, 21, ">f2"), chunks=(1, 10, 21), compression="gzip", shuffle=True)
    cxi("f8", frames(5, 19, 21, "<f8"), chunks=(1, 19, 21), compression="gzip")
    cxi("scaleoffset", frames(5, 19, 21, "<u2"), chunks=(1, 19, 21), scaleoffset=0)
    lz4 = hdf5plugin is not None and h5py.h5z.filter_avail(32004)
    bitshuffle = hdf5plugin is not None and h5py.h5z.filter_avail(32008)
    # 19 x 21 = 399 elements: blocks of 8 and a tail of 7
    for t in ["u1", "<u2", "<u4", "<u8", "<f4", ">u2"]:
        name = t.replace("<", "").replace(">", "B")
        if lz4:
            cxi("lz4_" + name, frames(5, 19, 21, t), chunks=(2, 19, 21), **hdf5plugin.LZ4())
        if bitshuffle:
            cxi("bitshuffle_" + name, frames(5, 19, 21, t), chunks=(1, 19, 21), **hdf5plugin.Bitshuffle())
    if lz4:
        cxi("lz4_blocks", frames(5, 19, 21, "<u2"), chunks=(5, 19, 21), **hdf5plugin.LZ4(nbytes=512))
    if bitshuffle:
        # several blocks with a last shorter one
        cxi("bitshuffle_blocks", frames(5, 19, 21, "<u2"), chunks=(5, 19, 21), **hdf5plugin.Bitshuffle(nelems=64))
        cxi("bitshuffle_bare", frames(5, 19, 21, "<u2"), chunks=(5, 19, 21), **hdf5plugin.Bitshuffle(nelems=64, cname="none"))
        cxi("virtual", frames(5, 19, 21, "<u2"), virtual="bitshuffle_u2.cxi")
