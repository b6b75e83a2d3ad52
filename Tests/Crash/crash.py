#!/usr/bin/env python3
"""Kills Accord at random points, under load, with a storage and a PostgreSQL that fail, and looks from outside at what is
left. Shares no code with the server.

    crash.py SCENE.json

The scene says where everything is; see `CrashTests.swift`. Exit status 0 when nothing was lost, mixed up or left behind.
"""

import hashlib
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.parse

from proxies import DatabaseProxy, StorageProxy
from storage import Bucket

NAMES = ("agreement.pdf", "Vertrag ü.pdf", "copy of agreement.pdf")
UPLOAD = ("mutation($id: ID!, $file: Upload!) "
          "{ uploadAgreement(connectedOrgId: $id, file: $file) { id fileName fileSize } }")
DELETE = "mutation($id: ID!) { deleteAgreement(connectedOrgId: $id) }"
HISTORY = ("query($id: ID!) { agreementHistory(connectedOrgId: $id, first: 5) "
           "{ edges { node { version fileName fileSize fileSha256 isKept } } } }")
RESTORE = "mutation($id: ID!, $version: Int!) { restoreAgreement(connectedOrgId: $id, version: $version) { id } }"
LIST = "{ connections { id agreement { fileName fileSize } } }"


class Instance:
    """An `accord serve` that is killed again and again."""

    def __init__(self, scene, settings, number):
        self.scene, self.settings, self.number = scene, settings, number
        self.port = 0
        self.process = None

    def start(self):
        log = os.path.join(self.scene["folder"], f"serve-{self.number}.log")
        offset = os.path.getsize(log) if os.path.exists(log) else 0
        with open(log, "ab") as output:
            self.process = subprocess.Popen(
                [self.scene["program"], "serve", "--port", str(self.port)], env=self.settings,
                cwd=self.scene["folder"], stdout=output, stderr=output, start_new_session=True)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with open(log, "rb") as file:
                file.seek(offset)
                match = re.search(rb'url"?[=:]"?http://127\.0\.0\.1:(\d+)/graphql', file.read())
            if match:
                self.port = int(match.group(1))
                return
            if self.process.poll() is not None:
                # The port may still be the last one's for a moment, or the database away.
                time.sleep(0.1)
                return self.start()
            time.sleep(0.01)
        raise SystemExit(f"instance {self.number} did not start; see {log}")

    def kill(self):
        """Kills it. False when it had ended by itself."""
        lived = self.process.poll() is None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        return lived


class Agreement:
    """What may be between a tenant and one organization, as the answers tell. One client at a time."""

    def __init__(self, tenant, organization):
        self.tenant, self.organization = tenant, organization
        #: Each (name, size, SHA-256), or None.
        self.possible = {None}
        self.history = []


class World:
    def __init__(self, scene):
        self.scene = scene
        self.random = random.Random(scene["seed"])
        self.bucket = Bucket(scene)
        self.faults, self.counts = [], {}
        self.lock = threading.Lock()
        endpoint = urllib.parse.urlsplit(scene["endpoint"])
        database = urllib.parse.urlsplit(scene["settings"]["ACCORD_DATABASE_URL"])
        self.storage = StorageProxy(endpoint.hostname, endpoint.port, scene["seed"] + 1)
        self.database = DatabaseProxy(database.hostname, database.port, scene["seed"] + 2)
        settings = dict(scene["settings"])
        settings["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{self.storage.port}"
        settings["ACCORD_DATABASE_URL"] = self._proxied(settings["ACCORD_DATABASE_URL"])
        settings["ACCORD_LOG_LEVEL"] = "notice"
        settings["PATH"] = os.environ["PATH"]
        for tenant in scene["tenants"]:
            self.sql(scene["centralURL"], "UPDATE public.tenants SET database_url = "
                     f"'{self._proxied(tenant['databaseURL'])}' WHERE url = '{tenant['url']}'")
        self.instances = [Instance(scene, settings, number) for number in range(2)]
        self.agreements = [
            Agreement(tenant, organization) for tenant in scene["tenants"] for organization in tenant["organizations"]]
        self.is_over = threading.Event()

    def _proxied(self, url):
        return re.sub(r"@[^/?]+", f"@127.0.0.1:{self.database.port}", url, count=1)

    def sql(self, url, statement):
        result = subprocess.run(
            [self.scene["psql"], "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", statement, url],
            capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
        return [line.split("\t") for line in result.stdout.splitlines() if line]

    def fault(self, text):
        with self.lock:
            self.faults.append(text)

    def count(self, what):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + 1

    # Load

    def work(self, agreements, seed):
        """One client, which changes its agreements in turn."""
        rng = random.Random(seed)
        number = 0
        while not self.is_over.is_set():
            number += 1
            agreement = rng.choice(agreements)
            kind = rng.choices(("upload", "delete", "restore", "list"), (6, 2, 1, 1))[0]
            if kind == "upload":
                known = [state for state in agreement.possible if state]
                if known and rng.random() < 0.1:
                    name, data = agreement.last
                else:
                    text = f"{seed} {number} ".encode()
                    name = rng.choice(NAMES)
                    data = b"%PDF-1.7\n" + text * rng.choice((10, 300, 9000)) + b"\n%%EOF\n"
                self.upload(agreement, name, data, rng)
            elif kind == "delete":
                self.delete(agreement, rng)
            elif kind == "restore":
                self.restore(agreement, rng)
            else:
                self.list(agreement, rng)

    def upload(self, agreement, name, data, rng):
        agreement.last = (name, data)
        after = (name, len(data), hashlib.sha256(data).hexdigest())
        boundary = "crash-test"
        operations = json.dumps({"query": UPLOAD, "variables": {"id": agreement.organization, "file": None}})
        body = b"".join((
            f'--{boundary}\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{operations}\r\n'.encode(),
            f'--{boundary}\r\nContent-Disposition: form-data; name="map"\r\n\r\n{{"0":["variables.file"]}}\r\n'.encode(),
            f'--{boundary}\r\nContent-Disposition: form-data; name="0"; filename="{name}"\r\n\r\n'.encode(),
            data, f"\r\n--{boundary}--\r\n".encode()))
        answer = self.ask(agreement, body, f"multipart/form-data; boundary={boundary}", rng)
        self.settle(agreement, "upload", answer, after, None)

    def delete(self, agreement, rng):
        body = json.dumps({"query": DELETE, "variables": {"id": agreement.organization}}).encode()
        answer = self.ask(agreement, body, "application/json", rng)
        self.settle(agreement, "delete", answer, None, "AGREEMENT_NOT_FOUND")

    def restore(self, agreement, rng):
        """One of the versions whose files are kept."""
        def ask(query, **variables):
            variables["id"] = agreement.organization
            body = json.dumps({"query": query, "variables": variables}).encode()
            return self.ask(agreement, body, "application/json", rng)

        answer = ask(HISTORY)
        if not answer or answer.get("errors") or not answer.get("data"):
            return
        versions = [edge["node"] for edge in answer["data"]["agreementHistory"]["edges"]]
        kept = [version for version in versions if version["isKept"]]
        if not kept:
            return
        version = rng.choice(kept)
        after = (version["fileName"], version["fileSize"], version["fileSha256"])
        self.settle(agreement, "restore", ask(RESTORE, version=version["version"]), after, None)

    def list(self, agreement, rng):
        answer = self.ask(agreement, json.dumps({"query": LIST}).encode(), "application/json", rng)
        if not answer or answer.get("errors") or not answer.get("data"):
            return
        self.count("list: answered")
        rows = {row["id"]: row["agreement"] for row in answer["data"]["connections"]}
        row = rows.get(agreement.organization)
        seen = (row["fileName"], row["fileSize"]) if row else None
        if seen not in {state and state[:2] for state in agreement.possible}:
            self.fault(f"{agreement.organization} shows {seen}, not one of {agreement.possible}: {agreement.history[-6:]}")

    def settle(self, agreement, kind, answer, after, nothing_there):
        """Takes note of what an answer says about the agreement."""
        before = set(agreement.possible)
        if answer is None:
            agreement.possible = before | {after}
            outcome = "no answer"
        elif not answer.get("errors"):
            agreement.possible = {after}
            outcome = "done"
        else:
            outcome = answer["errors"][0].get("extensions", {}).get("code", "?")
            if outcome == nothing_there:
                agreement.possible = before & {None}
                if not agreement.possible:
                    self.fault(f"{agreement.organization} has nothing to delete, but: {before}: {agreement.history[-6:]}")
                    agreement.possible = {None}
        agreement.history.append((round(time.time() % 1000, 3), kind, after and after[0], after and after[2][:8], outcome))
        self.count(f"{kind}: {outcome}")

    def ask(self, agreement, body, content_type, rng):
        """The answer as JSON; None when there is none. A request that no instance has begun to answer is no request."""
        while not self.is_over.is_set():
            instance = rng.choice(self.instances)
            connection = http.client.HTTPConnection("127.0.0.1", instance.port, timeout=120)
            try:
                connection.connect()
            except OSError:
                time.sleep(0.01)
                continue
            try:
                connection.request("POST", "/graphql", body, {
                    "Content-Type": content_type, "Authorization": f"Bearer {agreement.tenant['token']}",
                    "GraphQL-Require-Preflight": "1"})
                response = connection.getresponse()
                return json.loads(response.read())
            except (OSError, http.client.HTTPException, ValueError):
                return None
            finally:
                connection.close()
        return {"errors": [{"extensions": {"code": "(not asked)"}}]}

    # Harm

    def harm(self):
        """Cuts connections to the database, and lets database and storage fail altogether now and then."""
        while not self.is_over.is_set():
            time.sleep(self.random.uniform(0.05, 0.6))
            dice = self.random.random()
            if dice < 0.03:
                self.database.outage(self.random.uniform(0.1, 1.5))
            elif dice < 0.06:
                self.storage.refuse(self.random.uniform(0.1, 1.5))
            else:
                self.database.cut()

    def round(self, kills):
        self.is_over.clear()
        self.storage.is_calm = False
        clients = self.scene["clients"]
        threads = [
            threading.Thread(target=self.work, args=(self.agreements[place::clients], self.random.getrandbits(32)))
            for place in range(clients)]
        harm = threading.Thread(target=self.harm)
        for thread in threads + [harm]:
            thread.start()
        for _ in range(kills):
            time.sleep(self.random.uniform(0.02, 0.6))
            instance = self.random.choice(self.instances)
            if not instance.kill():
                self.fault(f"instance {instance.number} ended by itself")
            if self.random.random() < 0.2:
                time.sleep(self.random.uniform(0, 0.5))
            instance.start()
        time.sleep(0.3)
        self.is_over.set()
        for thread in threads + [harm]:
            thread.join()
        self.storage.is_calm = True
        self.storage.refuses_until = self.database.refuses_until = 0

    # What is left

    def wait_for_recovery(self):
        deadline = time.monotonic() + self.scene["patience"]
        while time.monotonic() < deadline:
            open_intents = sum(
                int(self.sql(tenant["databaseURL"], "SELECT count(*) FROM connect_pos.agreement_intents")[0][0])
                for tenant in self.scene["tenants"])
            if not open_intents:
                return
            time.sleep(0.2)
        self.fault(f"{open_intents} intents were not settled in {self.scene['patience']} s")

    def check(self):
        for tenant in self.scene["tenants"]:
            rows = self.sql(
                tenant["databaseURL"],
                "SELECT connected_org_id, s3_key, file_name, file_size, file_sha FROM connect_pos.agreements")
            objects = self.bucket.objects(tenant["url"] + "/")
            found = {}
            for organization, key, name, size, sha in rows:
                found[organization] = (name, int(size), sha)
                if key != f"{tenant['url']}/agreements/{organization}/{name}":
                    self.fault(f"the key of {organization} is {key}")
                data = self.bucket.read(key)
                if data is None:
                    self.fault(f"{key} is in a row and not in storage: {self.history(organization)}")
                elif (len(data), hashlib.sha256(data).hexdigest()) != (int(size), sha):
                    self.fault(f"{key} is not what its row says: {self.history(organization)}")
            kept = self.check_versions(tenant, found)
            for key in objects.keys() - {row[1] for row in rows} - kept:
                self.fault(f"{key} is in storage and in no row: {self.history(key.split('/')[2])}")
            for agreement in self.agreements:
                if agreement.tenant is not tenant:
                    continue
                state = found.pop(agreement.organization, None)
                if state not in agreement.possible:
                    self.fault(f"{agreement.organization} has {state}, not one of {agreement.possible}: "
                               f"{agreement.history[-8:]}")
                agreement.possible = {state}
            if found:
                self.fault(f"rows of nobody: {found}")

    def check_versions(self, tenant, found):
        """Every organization's versions end with its row, and the files are there of those that are kept. Gives their keys."""
        versions, kept = {}, set()
        for organization, number, name, size, sha, end, key in self.sql(
                tenant["databaseURL"],
                "SELECT connected_org_id, version, file_name, file_size, file_sha, coalesce(ended_as, ''), "
                "coalesce(kept_key, '') FROM connect_pos.agreement_versions ORDER BY connected_org_id, version"):
            chain = versions.setdefault(organization, [])
            chain.append(((name, int(size), sha), end, key))
            if int(number) != len(chain):
                self.fault(f"{organization} has version {number} at place {len(chain)}")
            if not key:
                continue
            kept.add(key)
            data = self.bucket.read(key)
            if data is None or (len(data), hashlib.sha256(data).hexdigest()) != (int(size), sha):
                self.fault(f"version {number} of {organization} is not what is kept: {self.history(organization)}")
        for organization in found.keys() | versions.keys():
            chain = versions.get(organization, [])
            current = [file for file, end, _ in chain if not end]
            if current != [found[organization]] if organization in found else current:
                self.fault(f"the versions of {organization} end with {chain[-2:]}: {self.history(organization)}")
            if any(not end for _, end, _ in chain[:-1]):
                self.fault(f"an earlier version of {organization} has not ended: {chain}")
            if sum(1 for _, _, key in chain if key) > self.scene["kept"]:
                self.fault(f"{organization} keeps too many versions: {chain}")
        return kept

    def history(self, organization):
        return [agreement.history[-8:] for agreement in self.agreements if agreement.organization == organization]

    def run(self):
        start = time.monotonic()
        for instance in self.instances:
            instance.start()
        kills = 0
        try:
            while kills < self.scene["kills"]:
                count = min(self.scene["killsPerRound"], self.scene["kills"] - kills)
                self.round(count)
                self.wait_for_recovery()
                self.check()
                kills += count
                print(f"{kills} kills, {time.monotonic() - start:.0f} s, {len(self.faults)} faults", flush=True)
                if self.faults:
                    break
        finally:
            for instance in self.instances:
                instance.kill()
        for what, count in sorted(self.counts.items()):
            print(f"  {what}: {count}")
        print(f"  storage: {self.storage.counts}\n  database: {self.database.counts}")
        for fault in self.faults[:20]:
            print("FAULT", fault)
        if not self.counts.get("upload: done") or not self.counts.get("delete: done"):
            print("FAULT nothing was done")
            return 1
        return 1 if self.faults else 0


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        sys.exit(World(json.load(file)).run())
