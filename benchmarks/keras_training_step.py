"""What `fit()` costs: CPU time a training step, hand-written PyTorch loop against Keras on PyTorch and Keras on JAX.

One small network (784-256-256-10, Adam, batches of 128), random data, one core, no metrics, no callbacks, no output.
PyTorch's `+cpu` build comes from PyTorch's own index: point pip at it (`PIP_EXTRA_INDEX_URL`).
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module

import harness

VERSIONS = {"keras": "3.15.1", "pytorch": "2.13.0+cpu", "jax": "0.10.2"}
TORCH = [f"keras=={VERSIONS['keras']}", f"torch=={VERSIONS['pytorch']}"]
JAX = [f"keras=={VERSIONS['keras']}", f"jax=={VERSIONS['jax']}"]
SUBJECTS = {
    "pytorch-loop": ("torch", TORCH),
    "pytorch-loop-without-dataloader": ("torch", TORCH),
    "pytorch-loop-compiled": ("torch", TORCH),
    "keras-on-pytorch": ("torch", TORCH),
    "keras-on-pytorch-compiled": ("torch", TORCH),
    "keras-on-jax": ("jax", JAX),
}
SAMPLES, BATCH = 12_800, 128
ROUNDS, EPOCHS = 3, 3


def pytorch_loop(*, dataloader: bool, compiled: bool) -> Callable[[], object]:
    """One epoch of the loop every PyTorch tutorial teaches; batches from a DataLoader, or cut out of the tensors."""
    torch, data = import_module("torch"), import_module("torch.utils.data")
    nn = torch.nn
    model = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 10))
    forward = torch.compile(model) if compiled else model
    inputs, targets = torch.randn(SAMPLES, 784), torch.randint(0, 10, (SAMPLES,))
    loader = data.DataLoader(data.TensorDataset(inputs, targets), batch_size=BATCH, shuffle=True)
    optimizer, loss_of = torch.optim.Adam(model.parameters()), nn.CrossEntropyLoss()

    def epoch() -> None:
        cut = ((inputs[rows], targets[rows]) for rows in torch.randperm(SAMPLES).split(BATCH))
        for batch, wanted in loader if dataloader else cut:
            optimizer.zero_grad()
            loss_of(forward(batch), wanted).backward()
            optimizer.step()

    return epoch


def keras_fit(*, compiled: bool) -> Callable[[], object]:
    """One epoch of the same network through `fit()`, on the backend that the environment names.

    `compiled` asks for what Keras does by itself on JAX but not on PyTorch.
    """
    keras, numpy = import_module("keras"), import_module("numpy")
    dense = keras.layers.Dense
    model = keras.Sequential([keras.Input((784,)), dense(256, "relu"), dense(256, "relu"), dense(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="adam", loss=loss, jit_compile=True if compiled else "auto")
    random = numpy.random.default_rng(0)
    inputs = random.standard_normal((SAMPLES, 784)).astype("float32")
    targets = random.integers(0, 10, SAMPLES)
    return lambda: model.fit(inputs, targets, batch_size=BATCH, verbose=0)


def worker(name: str) -> None:
    """Print the CPU milliseconds of a step in each epoch after the first, which warms up and compiles."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    compiled = name.endswith("-compiled")
    by_hand = not name.startswith("keras")
    epoch = (
        pytorch_loop(dataloader=not name.endswith("-without-dataloader"), compiled=compiled)
        if by_hand
        else keras_fit(compiled=compiled)
    )
    epoch()
    taken = []
    for _ in range(EPOCHS):
        start = time.process_time()
        epoch()
        taken.append((time.process_time() - start) * 1000 / (SAMPLES / BATCH))
    print(json.dumps(taken))


def main() -> None:
    """Run them in turn and keep the spread."""
    steps: dict[str, list[float]] = {name: [] for name in SUBJECTS}
    pythons = {
        name: harness.environment(f"deep-learning-keras-{backend}", needs)
        for name, (backend, needs) in SUBJECTS.items()
    }
    for _ in range(ROUNDS):
        for name, (backend, _needs) in SUBJECTS.items():
            environment = os.environ | {"KERAS_BACKEND": backend, "JAX_PLATFORMS": "cpu"}
            command = [str(pythons[name]), __file__, name]
            done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
            steps[name] += json.loads(done.stdout.splitlines()[-1])
    harness.save(
        "keras-training-step",
        question="What does one training step of a small network cost in a hand-written loop and in Keras's fit()?",
        versions=VERSIONS,
        results={"cpu_ms_per_step": {name: harness.spread(values, digits=2) for name, values in steps.items()}},
    )


if __name__ == "__main__":
    worker(sys.argv[1]) if len(sys.argv) > 1 else main()
