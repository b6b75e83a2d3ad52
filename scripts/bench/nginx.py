"""nginx: a store to upload into, or a server that answers from memory."""

import os
import subprocess

from bench.processes import free_port, is_listening, program, wait_for

CONFIGURATION = """
{user}daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log crit;
events {{ worker_connections 4096; }}
http {{
    access_log off; sendfile on; keepalive_requests 1000000000; client_max_body_size 0; client_body_buffer_size 256k;
    client_body_temp_path {folder}/temporary; proxy_temp_path {folder}/t1; fastcgi_temp_path {folder}/t2;
    uwsgi_temp_path {folder}/t3; scgi_temp_path {folder}/t4;
    server {{
        listen 127.0.0.1:{port}; root {folder}/files;
        location / {{ {location} }}
    }}
}}
"""

# WebDAV's PUT into a folder. It ignores signatures and writes as fast as it can.
STORE = "dav_methods PUT DELETE; create_full_put_path on; dav_access user:rw;"


class Nginx:
    """One process, with what `location` says for all paths."""

    def __init__(self, folder, location):
        self.port = free_port()
        os.makedirs(f"{folder}/files/bench", exist_ok=True)
        user = "user root; " if os.getuid() == 0 else ""
        with open(f"{folder}/nginx.conf", "w", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(user=user, folder=folder, port=self.port, location=location))
        self.process = subprocess.Popen(
            [program("nginx"), "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"], stdin=subprocess.DEVNULL)
        wait_for(lambda: is_listening(self.port))

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def stop(self):
        self.process.terminate()
        self.process.wait()
