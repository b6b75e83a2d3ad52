"""What is measured: a private PostgreSQL with a database for each tenant, keys and tokens, and Accord in front of it."""

import atexit
import base64
import json
import os
import pwd
import shutil
import subprocess
import time
import uuid

from bench.processes import free_port, is_listening, program


class PostgreSQL:
    """A cluster of its own, which asks nobody for a password: that costs each connection milliseconds."""

    def __init__(self, folder, maximum_connections):
        self.folder, self.port = f"{folder}/postgresql", free_port()
        self.user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        self.log = f"{self.folder}/log"
        os.makedirs(self.folder)
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.run([program("initdb"), "--pgdata", f"{self.folder}/data", "--auth=trust", "--username=postgres",
                  "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
        options = (f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
                   f"-c max_connections={maximum_connections} -c fsync=off -c autovacuum=off -c jit=off")
        self.run([program("pg_ctl"), "--pgdata", f"{self.folder}/data", "--log", self.log, "--wait", "-o", options, "start"])
        atexit.register(self.stop)

    def run(self, command):
        prefix = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        subprocess.run(prefix + command, check=True, stdout=subprocess.DEVNULL, cwd="/")

    def url(self, database, role):
        return f"postgresql://{role}@127.0.0.1:{self.port}/{database}"

    def execute(self, sql, database="postgres"):
        result = subprocess.run(
            [program("psql"), "--quiet", "--no-psqlrc", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1",
             self.url(database, "postgres")], input=sql, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            raise RuntimeError(result.stderr)
        return result.stdout.strip()

    def refused(self):
        """How many connections the server turned away."""
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return sum("too many clients" in line or "remaining connection slots" in line for line in file)

    def stop(self):
        if os.path.exists(f"{self.folder}/data/postmaster.pid"):
            self.run([program("pg_ctl"), "--pgdata", f"{self.folder}/data", "--mode=immediate", "stop"])


class Keys:
    """Signs access tokens."""

    def __init__(self, folder):
        self.key, self.jwks = f"{folder}/key.pem", f"{folder}/jwks.json"
        subprocess.run(["openssl", "genrsa", "-out", self.key, "2048"], check=True, capture_output=True)
        modulus = subprocess.run(
            ["openssl", "rsa", "-in", self.key, "-noout", "-modulus"], check=True, capture_output=True, text=True
        ).stdout.strip().removeprefix("Modulus=")
        key = {"kty": "RSA", "kid": "bench", "alg": "RS256", "use": "sig", "e": "AQAB",
               "n": encoded(bytes.fromhex(modulus))}
        with open(self.jwks, "w", encoding="utf-8") as file:
            json.dump({"keys": [key]}, file)

    def token(self, organization, subject):
        claims = {"sub": subject, "org_id": organization, "role": "member", "iat": int(time.time()),
                  "exp": int(time.time()) + 86_400}
        text = ".".join(encoded(json.dumps(part).encode())
                        for part in ({"alg": "RS256", "typ": "JWT", "kid": "bench"}, claims))
        signature = subprocess.run(
            ["openssl", "dgst", "-sha256", "-sign", self.key], input=text.encode(), check=True, capture_output=True)
        return f"{text}.{encoded(signature.stdout)}"


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Scene:
    """The databases of the tenants, their rows in the central one, and a token for each.

    The tenant `n` has `sizes[n]` accepted connections, with the same organizations as the others; every tenant's database
    has agreements with those of them, by their number, of which `has_agreement` says so.
    """

    def __init__(self, binary, folder, sizes, maximum_connections, has_agreement):
        self.binary, self.folder, self.sizes = binary, folder, sizes
        self.postgresql = PostgreSQL(folder, maximum_connections)
        self.keys = Keys(folder)
        self.environment = {
            "PATH": os.environ["PATH"], "ACCORD_DATABASE_URL": self.postgresql.url("central", "accord_app"),
            "ACCORD_MIGRATION_DATABASE_URL": self.postgresql.url("central", "accord_owner"),
            "ACCORD_ENV": "development", "ACCORD_JWKS_FILE": self.keys.jwks, "ACCORD_STORAGE": "directory",
            "ACCORD_STORAGE_DIRECTORY": f"{folder}/files", "ACCORD_STORAGE_SECRET": "x" * 32, "ACCORD_PORT": "0",
            "ACCORD_LOG_LEVEL": "warning",
        }
        self.make_databases(has_agreement)
        self.tokens = [self.keys.token(f"org_{number}", f"user_{number}") for number in range(len(sizes))]

    def make_databases(self, has_agreement):
        execute = self.postgresql.execute
        tenants = range(len(self.sizes))
        execute("CREATE ROLE accord_owner LOGIN; CREATE ROLE accord_app LOGIN;")
        for name in ("central", "tenant_0"):
            execute(f"CREATE DATABASE {name} OWNER accord_owner")
        self.command("migrate", "--yes")
        execute("INSERT INTO tenants (id, org_id, url, name, database_url) VALUES"
                f" (gen_random_uuid(), 'org_0', 't0', 'Tenant 0', '{self.postgresql.url('tenant_0', 'accord_app')}')",
                "central")
        self.command("migrate", "--yes")
        organization = lambda number: uuid.UUID(int=number + 1)
        partners = [partner(number) for number in range(max(self.sizes))]
        execute(insert(
            "connect_pos.agreements (id, connected_org_id, s3_key, file_name, file_size, file_sha, created_by_id)",
            (f"gen_random_uuid(), '{other}', 'k', 'agreement.pdf', 10, '{'0' * 64}', '{other}'"
             for number, other in enumerate(partners) if has_agreement(number)))
            + "ANALYZE connect_pos.agreements", "tenant_0")
        execute("".join(f"CREATE DATABASE tenant_{number} OWNER accord_owner TEMPLATE tenant_0;"
                        for number in tenants[1:]))
        rows = "".join(
            f"INSERT INTO tenants SELECT gen_random_uuid(), 'org_{number}', 't{number}', 'Tenant {number}',"
            f" '{self.postgresql.url(f'tenant_{number}', 'accord_app')}', true, schema_version FROM tenants WHERE url = 't0';"
            for number in tenants[1:])
        rows += insert("subscription.orgs (id, name, org_type)", (
            *(f"'{other}', 'Partner {number}', 'x'" for number, other in enumerate(partners)),
            *(f"'{organization(number)}', 'Own {number}', 'x'" for number in tenants)))
        rows += insert("subscription.users (id, auth_provider_id, org_id, email, role)", (
            f"gen_random_uuid(), 'user_{number}', '{organization(number)}', 'u{number}@example.com', 'member'"
            for number in tenants))
        rows += insert("subscription.connections (id, requester_org_id, target_org_id, status)", (
            f"gen_random_uuid(), '{organization(number)}', '{other}', 'active'"
            for number, size in enumerate(self.sizes) for other in partners[:size]))
        execute(rows + "ANALYZE", "central")

    def command(self, *words):
        subprocess.run([self.binary, *words], env=self.environment, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)

    def start(self, port, settings):
        """Starts the server, and gives its process at once."""
        with open(f"{self.folder}/accord.log", "ab") as log:
            return subprocess.Popen(
                [self.binary, "serve"], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                env={**self.environment, "ACCORD_PORT": str(port), **settings})

    def serve(self, settings):
        """Starts the server, and gives its process and its port when it listens."""
        port = free_port()
        process = self.start(port, settings)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            if is_listening(port):
                return process, port
            time.sleep(0.05)
        raise RuntimeError(f"The server did not start: see {self.folder}/accord.log")


def partner(number):
    """The organization at the other end of the connection of that number."""
    return uuid.UUID(int=(1 << 64) + number)


def insert(table, rows):
    return f"INSERT INTO {table} VALUES {','.join(f'({row})' for row in rows)};"
