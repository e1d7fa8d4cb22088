"""Answers commands, one line of JSON each: see Command in worker.ts."""
import json
import select
import sys
import time

size = 2048


class Measurement:
    """Says after every epoch whether to continue; answers when its time is over."""

    def __init__(self, seconds, together):
        self.seconds = seconds
        self.together = together
        self.samples = 0
        self.has_answered = False

    def begin(self):
        self.started_at = time.perf_counter()

    def goes_on(self, rows):
        if self.has_answered:
            return not is_told_to_stop()
        self.samples += rows
        elapsed = time.perf_counter() - self.started_at
        if elapsed < self.seconds:
            return True
        answer(count=self.samples, seconds=elapsed)
        self.has_answered = True
        return self.together


class OneEpoch:
    """A measurement for warming up: it stops after one epoch."""

    def begin(self):
        pass

    def goes_on(self, rows):
        return False


def serve(title, multiply, make_training=None):
    """Serves commands: `multiply()` multiplies matrices, `make_training(workload)` gives a function of a measurement."""
    answer(title=title)
    train = None
    for line in iter(sys.stdin.readline, ''):
        try:
            told = json.loads(line)
            if told['command'] == 'prepare':
                # Free the last training first.
                train = None
                train = make_training(told['workload'])
                train(OneEpoch())
                answer()
            elif told['command'] == 'run':
                train(Measurement(told['seconds'], told['together']))
            else:
                answer(**sgemm(multiply, told['seconds']))
        except Exception as error:
            answer(error=f'{type(error).__name__}: {error}')


def sgemm(multiply, seconds):
    multiply()
    started_at = time.perf_counter()
    count = 0
    while time.perf_counter() - started_at < seconds:
        multiply()
        count += 1
    return {'count': 2 * size**3 * count, 'seconds': time.perf_counter() - started_at}


def is_told_to_stop():
    if not select.select([sys.stdin], [], [], 0)[0]:
        return False
    if sys.stdin.readline() == '':
        sys.exit()
    answer()
    return True


def answer(**fields):
    print(json.dumps(fields), flush=True)
