"""What is deployed: the files of `.deploy/` are of the form that their tools read, and of one shape."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

yaml = pytest.importorskip("yaml")

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / ".deploy"
HAPROXY = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin")


@pytest.mark.parametrize("embedders", [None, "https://slides.example.org https://b.example"])
def test_the_balancer_takes_its_files_for_containers(embedders):
    if HAPROXY is None:
        pytest.skip("HAProxy is not installed (apt-get install haproxy)")
    environment = {**os.environ, "PORT": "8501", "APP": "app"} | ({"EMBEDDERS": embedders} if embedders else {})
    command = [HAPROXY, "-c", "-f", DEPLOY / "haproxy.cfg", "-f", DEPLOY / "replicas.cfg"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr


def test_the_image_holds_what_the_app_is_made_of_and_runs_as_nobody_special():
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    copied = {line.split()[1] for line in lines if line.startswith("COPY")}
    assert copied == {"requirements.txt", "app.py", "engine", "pretrained", ".streamlit"}
    assert all((ROOT / name).exists() for name in copied)
    kept = {line[1:] for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines() if line.startswith("!")}
    assert kept == copied
    assert "USER 1000" in lines
    assert any(line.startswith("HEALTHCHECK") for line in lines)


def test_compose_and_kubernetes_are_of_one_shape():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    parts = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text()))
    deployments = {one["metadata"]["name"]: one["spec"] for one in parts if one["kind"] == "Deployment"}
    assert set(compose) == set(deployments) == {"app", "balancer"}
    containers = {name: one["template"]["spec"]["containers"][0] for name, one in deployments.items()}
    assert compose["app"]["deploy"]["replicas"] == deployments["app"]["replicas"]
    assert compose["balancer"]["image"] == containers["balancer"]["image"]
    assert compose["balancer"]["command"].split() == containers["balancer"]["args"]
    assert {one["name"] for one in containers["balancer"]["env"]} >= set(compose["balancer"]["environment"])
    for name, one in deployments.items():
        assert one["selector"]["matchLabels"] == one["template"]["metadata"]["labels"]
        assert all(container["readinessProbe"] for container in [containers[name]])
    services = {one["metadata"]["name"]: one["spec"] for one in parts if one["kind"] == "Service"}
    for spec in services.values():
        labels = [one["selector"]["matchLabels"] for one in deployments.values()]
        assert spec["selector"] in labels


def test_kustomization_names_files_that_are_there():
    kustomization = yaml.safe_load((DEPLOY / "kustomization.yaml").read_text())
    files = [*kustomization["resources"], *kustomization["configMapGenerator"][0]["files"]]
    assert all((DEPLOY / name).exists() for name in files)
    mounts = {name.rpartition("/")[2] for name in kustomization["configMapGenerator"][0]["files"]}
    assert mounts == {"haproxy.cfg", "replicas.cfg"}
