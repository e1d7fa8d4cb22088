import gc
import sys

import tensorflow as tf

from peer import serve, size

keras = tf.keras
tf.config.threading.set_intra_op_parallelism_threads(int(sys.argv[1]))
tf.config.threading.set_inter_op_parallelism_threads(int(sys.argv[1]))
keras.utils.set_random_seed(1)


class Epochs(keras.callbacks.Callback):
    def __init__(self, measurement, rows):
        super().__init__()
        self.measurement = measurement
        self.rows = rows

    def on_train_begin(self, logs=None):
        self.measurement.begin()

    def on_epoch_end(self, epoch, logs=None):
        if not self.measurement.goes_on(self.rows):
            self.model.stop_training = True


def make_training(workload):
    keras.backend.clear_session()
    gc.collect()
    layers, rows = workload['layers'], workload['rows']
    is_binary = layers[-1] == 1
    pixels = tf.random.uniform((rows, layers[0]))
    labels = tf.random.uniform((rows, 1), maxval=max(layers[-1], 2), dtype=tf.int32)
    if is_binary:
        labels = tf.cast(labels, tf.float32)
    model = make_model(layers)
    adam, sgd = keras.optimizers.Adam(0.001), keras.optimizers.SGD(0.01)
    losses = keras.losses
    loss_of = losses.BinaryCrossentropy if is_binary else losses.SparseCategoricalCrossentropy
    model.compile(adam if workload['optimizer'] == 'adam' else sgd, loss_of(from_logits=True))
    model.optimizer.build(model.trainable_variables)
    variables = [*model.trainable_variables, *model.optimizer.variables]
    initial = [variable.numpy() for variable in variables]

    def train(measurement):
        # Start from the initial weights each time: later weights may take longer or shorter to compute with.
        for variable, first in zip(variables, initial):
            variable.assign(first)
        model.fit(
            pixels,
            labels,
            batch_size=workload['batchSize'],
            epochs=1_000_000,
            shuffle=False,
            verbose=0,
            callbacks=[Epochs(measurement, rows)],
        )

    return train


def make_model(layers):
    hidden = [keras.layers.Dense(width, activation='relu') for width in layers[1:-1]]
    return keras.Sequential([keras.Input((layers[0],)), *hidden, keras.layers.Dense(layers[-1])])


a, b = tf.random.uniform((size, size)), tf.random.uniform((size, size))
serve(f'tensorflow {tf.__version__}', lambda: tf.matmul(a, b), make_training)
