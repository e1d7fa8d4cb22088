"""Writes a data.h5 with h5py, or loads one as readH5 does: as byte images and labels.

write SOURCE TARGET contiguous|gzip
load PATH sliced|whole
"""
import hashlib
import json
import resource
import sys
import time

import h5py
import numpy as np

names = ('trainData', 'testData')
slice_bytes = 4 << 20


def write(source, target, packing):
    options = {'compression': 'gzip', 'chunks': True} if packing == 'gzip' else {}
    with h5py.File(source, 'r') as old, h5py.File(target, 'w') as new:
        for name in names:
            dataset = new.create_dataset(name, old[name].shape, old[name].dtype, **options)
            for part in parts_of(dataset):
                dataset[part] = old[name][part]


def load_sliced(path):
    with h5py.File(path, 'r') as file:
        return [read_sliced(file[name]) for name in names]


def read_sliced(dataset):
    rows, columns = dataset.shape
    images = np.empty((rows, columns - 1), np.uint8)
    labels = np.empty(rows, np.uint8)
    parts = parts_of(dataset)
    values = np.empty((parts[0].stop, columns), dataset.dtype)
    levels = np.empty((parts[0].stop, columns - 1), dataset.dtype)
    for part in parts:
        count = part.stop - part.start
        dataset.read_direct(values, part, np.s_[:count])
        # Maps -0.5 to 0.5 onto 0 to 255; adds 0.5, since conversion to bytes truncates instead of rounding.
        np.multiply(values[:count, :-1], 255, out=levels[:count])
        levels[:count] += 128
        images[part] = levels[:count]
        labels[part] = values[:count, -1]
    return images, labels


def load_whole(path):
    with h5py.File(path, 'r') as file:
        return [convert(file[name][()]) for name in names]


def convert(values):
    return (values[:, :-1] * 255 + 128).astype(np.uint8), values[:, -1].astype(np.uint8)


def parts_of(dataset):
    """Gives slices of a few megabytes that consist of whole chunks."""
    rows, columns = dataset.shape
    unit = dataset.chunks[0] if dataset.chunks else 1
    step = max(1, slice_bytes // (columns * dataset.dtype.itemsize * unit)) * unit
    return [slice(first, min(first + step, rows)) for first in range(0, rows, step)]


def peak_bytes():
    # A process inherits ru_maxrss from its parent; VmHWM counts this process only.
    if sys.platform == 'linux':
        with open('/proc/self/status') as status:
            return next(int(line.split()[1]) for line in status if line.startswith('VmHWM')) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == 'darwin' else peak * 1024


def load(path, how):
    started, cpu_before = time.perf_counter(), time.process_time()
    splits = load_whole(path) if how == 'whole' else load_sliced(path)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_before
    peak = peak_bytes()
    digest = hashlib.sha256()
    for images, labels in splits:
        digest.update(images)
        digest.update(labels)
    answer = {'seconds': seconds, 'cpuSeconds': cpu_seconds, 'peakBytes': peak}
    print(json.dumps({**answer, 'digest': digest.hexdigest()}))


command, *arguments = sys.argv[1:]
if command == 'version':
    print(f'h5py {h5py.__version__}, numpy {np.__version__}')
elif command == 'write':
    write(*arguments)
else:
    load(*arguments)
