"""Writes files with h5py as independent tests of src/experiments/data/hdf5.ts: hdf5-h5py.py FOLDER.

Prints a JSON list of {name, type, littleEndian, layout, filters, isStraight, normalisation, rule}.
"""
import json
import sys

import h5py
import numpy as np

folder = sys.argv[1]
files = []


def levels(rows):
    row, column = np.mgrid[0:rows, 0:784]
    return (row * 31 + column * 7 + (row * column) % 5) % 256


def table(rows, dtype, low, high):
    out = np.empty((rows, 785))
    out[:, :784] = low + levels(rows) * ((high - low) / 255)
    out[:, 784] = (np.arange(rows) * 3 + 1) % 10
    return (np.rint(out) if np.dtype(dtype).kind in 'iu' else out).astype(dtype)


def write(name, dtype='<f8', low=0, high=255, libver='earliest', rule=None, low_level=None, **options):
    with h5py.File(f'{folder}/{name}.h5', 'w', libver=libver) as file:
        for split, rows in (('trainData', 40), ('testData', 9)):
            if low_level:
                low_level(file, split, table(rows, dtype, low, high))
            else:
                file.create_dataset(split, data=table(rows, dtype, low, high), **options)
        data = file['trainData']
        chunks = data.chunks
        files.append({
            'name': name, 'type': data.dtype.name, 'rule': rule,
            'littleEndian': data.dtype.str[0] in '<|',
            'layout': 'chunked ' + ' x '.join(map(str, chunks)) if chunks else None,
            'isStraight': bool(data.id.get_offset()) and not data.is_virtual,
            'low': low, 'high': high,
        })


def compact(file, name, data):
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple(data.shape)
    made = h5py.h5d.create(file.id, name.encode(), h5py.h5t.py_create(data.dtype), space, plist)
    made.write(h5py.h5s.ALL, h5py.h5s.ALL, data)


def virtual(file, name, data):
    layout = h5py.VirtualLayout(shape=data.shape, dtype=data.dtype)
    layout[:] = h5py.VirtualSource('other.h5', 'data', shape=data.shape)
    file.create_virtual_dataset(name, layout)


def external(file, name, data):
    data.tofile(f'{folder}/{name}.raw')
    raw = [(f'{folder}/{name}.raw', 0, data.nbytes)]
    file.create_dataset(name, shape=data.shape, dtype=data.dtype, external=raw)


def crowded(file, name, data):
    for number in range(90):
        file.require_group(f'group{number}')
    external(file, name, data)


for libver in ('earliest', 'v108', 'latest'):
    for dtype in ('<f8', '>f8', '<f4', '>f4', '<f2', '>f2'):
        write(f'{libver}-{dtype}', dtype, -0.5, 0.5, libver)
    for dtype in ('|u1', '<u2', '>u2', '<i2', '>i4', '<u4', '<i8', '>u8'):
        write(f'{libver}-{dtype}', dtype, 0, 255, libver)
    write(f'{libver}-i1', '|i1', -128, 127, libver)
    write(f'{libver}-signed', '<f4', -1, 1, libver)
    write(f'{libver}-unit', '<f2', 0, 1, libver)
    write(f'{libver}-linear', '<f4', -1.7, 3.1, libver)
    write(f'{libver}-chunked', '>f4', 0, 1, libver, chunks=(7, 785))
    write(f'{libver}-columns', '<f8', 0, 1, libver, chunks=(7, 100))
    write(f'{libver}-gzip', '<f8', 0, 1, libver, compression='gzip')
    write(f'{libver}-shuffle', '>f8', 0, 1, libver, compression='gzip', shuffle=True, fletcher32=True)
    write(f'{libver}-growing', '<f8', 0, 1, libver, maxshape=(None, 785), compression='gzip')
    write(f'{libver}-one-chunk', '<f8', 0, 1, libver, chunks=(9, 785), compression='gzip')
    write(f'{libver}-order', '<f8', 0, 1, libver, track_order=True)
    write(f'{libver}-compact', '|u1', 0, 255, libver, low_level=compact)
    write(f'{libver}-lzf', '<f8', 0, 1, libver, compression='lzf', rule='has-known-filters')
    write(f'{libver}-scaled', '<i4', 0, 255, libver, chunks=(9, 785), scaleoffset=0)
write('virtual', '<f8', 0, 1, 'latest', low_level=virtual, rule='has-own-elements')
def unfilled(file, name, data):
    file.create_dataset(name, shape=data.shape, dtype=data.dtype)


def unfilled_chunks(file, name, data):
    file.create_dataset(name, shape=data.shape, dtype=data.dtype, chunks=(9, 785), maxshape=(None, 785))


def half_filled(file, name, data):
    file.create_dataset(name, shape=data.shape, dtype=data.dtype, chunks=(3, 785))[:5] = data[:5]


write('half-filled', '<f8', 0, 1, 'earliest', low_level=half_filled, rule='is-filled')
for libver in ('earliest', 'latest'):
    write(f'{libver}-unfilled', '<f8', 0, 1, libver, low_level=unfilled, rule='is-filled')
    write(f'{libver}-unfilled-chunks', '<f8', 0, 1, libver, low_level=unfilled_chunks, rule='is-filled')
    write(f'{libver}-external', '<f8', 0, 1, libver, low_level=external, rule='has-own-elements')
    write(f'{libver}-crowded', '<f8', 0, 1, libver, low_level=crowded, rule='has-own-elements')
print(json.dumps(files))
