"""Opens a result file with h5py and compares with numbers known from their index."""
import sys
import h5py
import numpy as np

with h5py.File(sys.argv[1]) as h:
    o = h["/entry/object/data"]
    assert o.dtype == np.complex64 and o.shape == (3, 5), (o.dtype, o.shape)
    r, c = np.mgrid[:3, :5]
    assert np.array_equal(o[()], (r + 1j * c).astype("c8"))
    p = h["/entry/probe/data"]
    assert p.dtype == np.complex64 and p.shape == (2, 4, 4)
    assert np.array_equal(p[1], np.full((4, 4), 2 - 3j, "c8"))
    assert h["/entry/positions/y"][()].tolist() == [0.0, 1e-6] and h["/entry/positions/x"][()].tolist() == [2e-6, 3e-6]
    assert h["/entry/object/pixel_size"][()].tolist() == [2e-8, 1e-8]
    assert h["/entry/errors"][()].tolist() == [0.5, 0.25]
    for path, text in [("/entry/recipe", "argand: 1\ntitle: Größe\n"), ("/entry/plan", "{}")]:
        assert type(h[path].asstr()[()]) is str and h[path].asstr()[()] == text
        assert tuple(h5py.check_string_dtype(h[path].dtype)) == ("utf-8", None)
    assert type(h["/entry"].attrs["NX_class"]) is str and h["/entry"].attrs["NX_class"] == "NXentry"
    assert h["/entry/object"].attrs["signal"] == "data"
print("equal")
