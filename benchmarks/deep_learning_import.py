"""What PyTorch, TensorFlow, JAX and Keras cost before any training: size on disk, import time, first result.

CPU builds for Linux on CPython 3.11. PyTorch's `+cpu` build comes from PyTorch's own index: point pip at it
(`PIP_EXTRA_INDEX_URL`), or the install fails instead of fetching the far larger CUDA build.
"""

import os

import harness

VERSIONS = {"pytorch": "2.13.0+cpu", "tensorflow": "2.21.0", "jax": "0.10.2", "keras": "3.15.1"}
REQUIREMENTS = {
    "pytorch": [f"torch=={VERSIONS['pytorch']}"],
    "tensorflow": [f"tensorflow-cpu=={VERSIONS['tensorflow']}"],
    "jax": [f"jax=={VERSIONS['jax']}"],
    "keras": [f"keras=={VERSIONS['keras']}", f"torch=={VERSIONS['pytorch']}"],  # Keras needs a backend: here PyTorch
}
IMPORTS = {"pytorch": "import torch", "tensorflow": "import tensorflow", "jax": "import jax", "keras": "import keras"}
FIRST_RESULT = {
    "pytorch": "import torch; x = torch.ones(8, 8); print((x @ x).sum().item())",
    "tensorflow": "import tensorflow as tf; x = tf.ones((8, 8)); print(float(tf.reduce_sum(x @ x)))",
    "jax": "import jax.numpy as jnp; x = jnp.ones((8, 8)); print(float((x @ x).sum()))",
    "keras": "from keras import ops; x = ops.ones((8, 8)); print(float(ops.sum(x @ x)))",
}
RUNS = 15


def main() -> None:
    """Install each into its own environment, weigh it, time it, save."""
    os.environ |= {"KERAS_BACKEND": "torch", "TF_CPP_MIN_LOG_LEVEL": "3", "JAX_PLATFORMS": "cpu"}
    results: dict[str, dict[str, object]] = {}
    for name, requirements in REQUIREMENTS.items():
        size, packages = harness.footprint(f"deep-learning-{name}", requirements)
        results[name] = {"install_mb": size, "dependencies": packages + len(requirements) - 1}
    pythons = {name: harness.environment(f"deep-learning-{name}", REQUIREMENTS[name]) for name in REQUIREMENTS}
    imports = harness.import_times({name: (pythons[name], IMPORTS[name]) for name in IMPORTS}, runs=RUNS)
    first = harness.alternate({name: [pythons[name], "-c", FIRST_RESULT[name]] for name in FIRST_RESULT}, runs=RUNS)
    for name, figures in results.items():
        figures |= {
            "import_cpu_ms": imports[name],
            "first_result": first[name],
        }
    harness.save(
        "deep-learning-import",
        question="What do the CPU builds of four deep-learning frameworks cost on disk and at start-up?",
        versions=VERSIONS,
        results=results,
    )


if __name__ == "__main__":
    main()
