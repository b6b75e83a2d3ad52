"""Uploads to a real server, through curl: the time beside that of curl alone, and the memory of many at once.

    measure.py ACCORD OUT
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from bench.nginx import STORE, Nginx
from bench.processes import memory, wait_for
from bench.report import Report
from stalling import StallingStore

MIB = 1 << 20
ROUNDS = int(os.environ.get("ROUNDS", "9"))
UPLOADS = int(os.environ.get("UPLOADS", "50"))
UPLOAD_MIB = int(os.environ.get("UPLOAD_MIB", "200"))
# How much all of them together may add to the memory of the process, in MiB.
ALLOWED_MIB = 64


def make_pdf(path, size):
    """A file that passes for a PDF, of bytes that don't repeat."""
    with open(path, "wb") as file:
        file.write(b"%PDF-1.7\n")
        while file.tell() < size - MIB:
            file.write(os.urandom(MIB))
        file.write(os.urandom(size - file.tell() - 7) + b"\n%%EOF\n")


def renew(path):
    """Makes a file another one: what is there already is not stored again."""
    with open(path, "r+b") as file:
        file.seek(64)
        file.write(os.urandom(64))


class Accord:
    """`accord dev` with as many connections as its PostgreSQL allows: half as many uploads are stored at a time."""

    def __init__(self, binary, folder, store):
        self.folder = folder
        ready = f"{folder}/ready.json"
        environment = {
            **os.environ, "AWS_ENDPOINT_URL": store.url, "AWS_BUCKET_NAME": "bench", "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1", "ACCORD_UPLOAD_SECONDS": "3600",
            "ACCORD_MAX_FILE_BYTES": str(UPLOAD_MIB * MIB), "ACCORD_DATABASE_CONNECTIONS": "40",
            "ACCORD_TEMPORARY_DIRECTORY": folder,
        }
        with open(f"{folder}/accord.log", "wb") as log:
            self.process = subprocess.Popen(
                [binary, "dev", "--port", "0", "--data", f"{folder}/data", "--storage", "s3", "--ready-file", ready],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        wait_for(lambda: os.path.exists(ready) or self.process.poll() is not None, 120)
        with open(ready, encoding="utf-8") as file:
            values = json.load(file)
        self.url, self.id = values["graphqlURL"], values["processId"]
        tenant = values["tenants"][0]
        self.token = next(user["token"] for user in tenant["users"] if user["role"] == "member")
        self.organizations = [f"00000000-0000-4000-8000-{number:012}" for number in range(UPLOADS)]
        for organization in self.organizations:
            statement = (
                f"INSERT INTO subscription.orgs VALUES ('{organization}', 'Bench', 'distributor') ON CONFLICT DO NOTHING;"
                "INSERT INTO subscription.connections (id, requester_org_id, target_org_id, status) VALUES"
                f" (gen_random_uuid(), '{organization}', '{tenant['organizationId']}', 'active') ON CONFLICT DO NOTHING")
            subprocess.run(
                ["psql", "--quiet", "--no-psqlrc", "--command", statement, values["centralDatabaseURL"]], check=True)

    def upload(self, path, organization):
        """The command that uploads a file."""
        operations = json.dumps({
            "query": "mutation($id: ID!, $file: Upload!) { uploadAgreement(connectedOrgId: $id, file: $file) { fileSize } }",
            "variables": {"id": organization, "file": None},
        })
        return [
            "curl", "--silent", "--show-error", "--header", f"Authorization: Bearer {self.token}",
            "--header", "Expect:", "--form", f"operations={operations}", "--form", 'map={"0":["variables.file"]}',
            "--form", f"0=@{path}", self.url]

    def forget_peak(self):
        with open(f"/proc/{self.id}/clear_refs", "w", encoding="utf-8") as file:
            file.write("5")

    def stop(self):
        self.process.terminate()
        self.process.wait()


def seconds_of(command):
    start = time.monotonic()
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.monotonic() - start, result.stdout


def measure_throughput(accord, store, folder, report):
    """The same file into the same store, through Accord and by curl alone, one after the other."""
    path, size = f"{folder}/throughput.pdf", 50 * MIB
    make_pdf(path, size)
    times = {"accord": [], "curl -T": []}
    for round_number in range(ROUNDS + 1):
        put = ["curl", "--silent", "--show-error", "--fail", "--header", "Expect:", "--upload-file", path]
        renew(path)
        alone, _ = seconds_of(put + [f"{store.url}/bench/alone.pdf"])
        through, answer = seconds_of(accord.upload(path, accord.organizations[0]))
        if f'"fileSize":{size}' not in answer:
            raise RuntimeError(f"The upload failed: {answer}")
        if round_number > 0:
            times["accord"].append(through)
            times["curl -T"].append(alone)
    for peer, values in times.items():
        report.figure("upload.50MiB", "mb_per_s", size / 1e6 / statistics.median(values), "MB/s", peer)
    return statistics.median(times["curl -T"]) / statistics.median(times["accord"])


def measure_memory(accord, path, workload, report, when_warm=lambda: None):
    """By how many MiB all uploads at once raise the peak of a warm process, and what was answered."""
    report.say(f"{workload}: {UPLOADS} uploads of {UPLOAD_MIB} MiB")
    seconds_of(accord.upload(path, accord.organizations[0]))
    renew(path)
    when_warm()
    before = memory(accord.id)
    accord.forget_peak()
    processes = [
        subprocess.Popen(accord.upload(path, organization), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for organization in accord.organizations]
    answers = [process.communicate()[0] for process in processes]
    growth = (memory(accord.id, "VmHWM") - before) / MIB
    report.figure(workload, "rss_before", before / MIB, "MiB")
    report.figure(workload, "peak_growth", growth, "MiB")
    return growth, answers


def main():
    binary, out = sys.argv[1:]
    report = Report("bench-upload", out)
    with tempfile.TemporaryDirectory(dir=".accord") as folder:
        folder = os.path.abspath(folder)
        large = f"{folder}/large.pdf"
        make_pdf(large, UPLOAD_MIB * MIB)
        os.makedirs(f"{folder}/fast")
        os.makedirs(f"{folder}/stalled")

        store = Nginx(f"{folder}/fast", STORE)
        accord = Accord(binary, f"{folder}/fast", store)
        try:
            report.say("50 MiB beside curl")
            ratio = measure_throughput(accord, store, folder, report)
            report.goal(
                "50 MiB into nginx: MB/s, as a part of what `curl -T` moves", f"{ratio:.2f}", "at least 0.5",
                ratio >= 0.5)
            growth, answers = measure_memory(accord, large, "upload.memory.fast", report)
            failed = [answer for answer in answers if f'"fileSize":{UPLOAD_MIB * MIB}' not in answer]
            if failed:
                report.say(f"{len(failed)} uploads failed: {failed[0]}")
            report.goal(
                f"{UPLOADS} × {UPLOAD_MIB} MiB at once: growth of the peak memory", f"{growth:.0f} MiB",
                f"at most {ALLOWED_MIB} MiB", growth <= ALLOWED_MIB and not failed)
        finally:
            accord.stop()
            store.stop()

        store = StallingStore()
        accord = Accord(binary, f"{folder}/stalled", store)
        try:
            growth, answers = measure_memory(accord, large, "upload.memory.stalled", report, store.stall)
            report.say(f"{store.held} of them have come as far as the store")
            report.goal(
                "the same, and the store takes nothing", f"{growth:.0f} MiB", f"at most {ALLOWED_MIB} MiB",
                growth <= ALLOWED_MIB)
        finally:
            accord.stop()
            store.stop()
    report.end()


if __name__ == "__main__":
    main()
