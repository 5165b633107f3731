#!/usr/bin/python3
"""Makes the zoo: Models/*.onnx with samples and expected outputs, zoo.json, and the files that must be refused, Hostile/ with hostile.json.

    npm --prefix models ci
    /usr/bin/python3 tests/VerifiableML.Cli.Tests/Zoo/make_zoo.py

Needs PyTorch and onnx (Debian: python3-torch, python3-onnx) and node. The results are committed: tests need none of these.
"""

import io
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True

import numpy as np  # noqa: E402

import handmade_models  # noqa: E402
import hostile_files  # noqa: E402
import quantized_models  # noqa: E402
import torch_models  # noqa: E402

HERE = Path(__file__).parent


def write_npz(path, name, values):
    """A compressed .npz with one array, its bytes depending on the values alone (no time stamp)."""
    array = io.BytesIO()
    np.lib.format.write_array(array, np.ascontiguousarray(values), allow_pickle=False)
    entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, array.getvalue(), zipfile.ZIP_DEFLATED, 9)


def write_ezkl(path, samples, outputs):
    """One sample as ezkl's input.json: flat lists of numbers."""
    values = {"input_data": [samples[0].flatten().tolist()], "output_data": [outputs[0].flatten().tolist()]}
    path.write_text(json.dumps(values) + "\n")


def run_onnxruntime(models):
    """Expected outputs: name to (array of shape (samples, …), input name, output name)."""
    with tempfile.TemporaryDirectory() as folder:
        folder, jobs = Path(folder), []
        for model in models:
            (folder / f"{model.name}.onnx").write_bytes(model.onnx)
            (folder / f"{model.name}.input").write_bytes(model.samples.astype("<f4").tobytes())
            jobs.append({"name": model.name, "shape": list(model.samples.shape[1:]), "batch": 4 if "four" in model.name else 1})
        (folder / "jobs.json").write_text(json.dumps(jobs))
        subprocess.run(["node", str(HERE / "expected.mjs"), str(folder)], check=True)
        return {
            r["name"]: (np.fromfile(folder / f"{r['name']}.output", "<f4").reshape(-1, *r["shape"]), r["input"], r["output"])
            for r in json.loads((folder / "results.json").read_text())}


def check(model, output):
    """Outputs must be finite, differ between samples, and agree with PyTorch where it made the model."""
    assert np.isfinite(output).all() and len(output) == len(model.samples), model.name
    assert output.std(axis=0).max() > 0, f"{model.name}: the output does not depend on the input"
    if model.torch_output is not None:
        worst = np.abs(output - model.torch_output.reshape(output.shape)).max()
        assert worst <= 1e-5 * max(1, np.abs(output).max()), f"{model.name}: {worst} from PyTorch"


def main():
    folder = HERE / "Models"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    models = torch_models.make() + handmade_models.make() + quantized_models.make()
    expected, entries = run_onnxruntime(models), []
    for model in models:
        output, input_name, output_name = expected[model.name]
        check(model, output)
        (folder / f"{model.name}.onnx").write_bytes(model.onnx)
        write_npz(folder / f"{model.name}.input.npz", "input", model.samples)
        write_npz(folder / f"{model.name}.expected.npz", "output", output)
        entries.append({
            "name": model.name, "source": model.source, "features": model.features, "required": model.required,
            "quantized": model.quantized, "input": input_name, "inputShape": list(model.samples.shape[1:]), "output": output_name,
            "outputShape": list(output.shape[1:]), "samples": len(output), "largestOutput": float(np.abs(output).max())})
    for name in ["torch_smooth_mlp", "torch_kernels_1_7"]:
        model = next(m for m in models if m.name == name)
        write_ezkl(folder / f"{name}.input.json", model.samples, expected[name][0])
    (HERE / "zoo.json").write_text("[\n" + ",\n".join("  " + json.dumps(e) for e in entries) + "\n]\n")
    hostile = hostile_files.write(HERE / "Hostile", HERE / "hostile.json")
    size = sum(f.stat().st_size for f in folder.iterdir())
    print(f"{len(entries)} models ({size // 1024} KiB with samples), {hostile} hostile files")


if __name__ == "__main__":
    main()
