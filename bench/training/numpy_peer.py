import numpy

from peer import serve, size

matrices = numpy.random.default_rng(1).random((2, size, size), dtype=numpy.float32)
serve(f'numpy {numpy.__version__}', lambda: matrices[0] @ matrices[1])
