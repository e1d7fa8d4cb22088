import sys

import torch
import torch.nn.functional as F
from torch import nn

from peer import serve, size

torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(1)


def make_training(workload):
    layers, rows, batch = workload['layers'], workload['rows'], workload['batchSize']
    is_binary = layers[-1] == 1
    pixels = torch.rand(rows, layers[0])
    if is_binary:
        labels = torch.randint(2, (rows, 1)).float()
        loss_of = F.binary_cross_entropy_with_logits
    else:
        labels = torch.randint(layers[-1], (rows,))
        loss_of = F.cross_entropy

    def train(measurement):
        # Start with a new model each time: later weights may take longer or shorter to compute with.
        model = make_model(layers)
        if workload['optimizer'] == 'adam':
            optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
        else:
            optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
        measurement.begin()
        while True:
            for first in range(0, rows, batch):
                optimizer.zero_grad(set_to_none=True)
                loss = loss_of(model(pixels[first : first + batch]), labels[first : first + batch])
                loss.backward()
                optimizer.step()
            if not measurement.goes_on(rows):
                return

    return train


def make_model(layers):
    modules = []
    for inputs, outputs in zip(layers, layers[1:]):
        modules += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*modules[:-1])


matrices = torch.rand(2, size, size)
serve(f'torch {torch.__version__}', lambda: torch.mm(matrices[0], matrices[1]), make_training)
