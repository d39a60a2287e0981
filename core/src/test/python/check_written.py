"""Reads back with h5py what Hdf5WriterTest wrote, and says so."""
import sys
import h5py
import numpy as np

with h5py.File(sys.argv[1]) as h:
    z = h["a/b/complex"]
    assert z.dtype == np.complex64 and z.shape == (2, 3), z.dtype
    assert np.array_equal(z[()], (np.arange(6) - 1j * np.arange(6)).reshape(2, 3))
    assert h["text"].asstr()[()] == "Größe µ" and h5py.check_string_dtype(h["text"].dtype).length is None
    assert type(h.attrs["NX_class"]) is str and h.attrs["NX_class"] == "NXroot"
    assert list(h["texts"].asstr()[()]) == ["a", "ß", ""]
    assert h["counts"].dtype == np.uint16 and h["counts"][1, 0] == 65535
    assert h["deflated"].compression == "gzip" and h["deflated"].shuffle and h["deflated"].chunks == (1, 50)
    assert np.array_equal(h["deflated"][()], np.arange(200, dtype="f4").reshape(4, 50))
    assert h["grown"].shape == (5, 2) and np.array_equal(h["grown"][()].ravel(), np.arange(10.0))
    assert h["link"].shape == (4, 50)
    assert h["scalar"][()] == 1.25 and h["scalar"].shape == () and h["scalar"].attrs["pair"].tolist() == [1, 2]
    assert h["long"][()] == 2**53 + 1
print("equal")
