#!/usr/bin/env python3
"""Python's clients against a running server: gql over aiohttp and httpx, and graphql-core's introspection client.

    clients.py SCENE [--only WORD]

SCENE is a JSON file: `url` of the endpoint, `schema` (the path of schema.graphql), `member` and `viewer` (tokens),
`accepted` (ids of connected organizations, one for each check that uploads, and more) and `pending` (one that is not).
Prints a line for each check. Status 1 when one fails.
"""

import argparse
import asyncio
import inspect
import json
import os
import sys
import tempfile
import traceback

import httpx
from gql import Client, FileVar, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport, HTTPXTransport
from graphql import (
    assert_valid_schema,
    build_client_schema,
    build_schema,
    get_introspection_query,
    lexicographic_sort_schema,
    print_schema,
)

UPLOAD = gql("""
    mutation Upload($id: ID!, $file: Upload!) {
      uploadAgreement(connectedOrgId: $id, file: $file) { fileName fileSize presignedUrl }
    }
""")
UPLOAD_TWO = gql("""
    mutation UploadTwo($a: ID!, $fileA: Upload!, $b: ID!, $fileB: Upload!) {
      a: uploadAgreement(connectedOrgId: $a, file: $fileA) { fileName fileSize presignedUrl }
      b: uploadAgreement(connectedOrgId: $b, file: $fileB) { fileName fileSize presignedUrl }
    }
""")
NAME = "Vertrag Köln 🤝.pdf"


class Scene:
    """The server, and what there is to be uploaded to it."""

    def __init__(self, values, folder):
        self.url, self.schema = values["url"], values["schema"]
        self.tokens = {"member": values["member"], "viewer": values["viewer"]}
        self.pending = values["pending"]
        self._accepted = list(values["accepted"])
        self._folder = folder

    def accepted(self):
        """A connected organization that no other check has had."""
        return self._accepted.pop()

    def file(self, size=200_000, name=NAME):
        """The path of a PDF of that size."""
        path = os.path.join(self._folder, name)
        with open(path, "wb") as file:
            file.write(b"%PDF-1.7\n" + b"x" * (size - 16) + b"\n%%EOF\n")
        return path

    def transport(self, kind, role="member"):
        more = {} if kind is AIOHTTPTransport else {"timeout": 120}
        return kind(url=self.url, headers={"Authorization": f"Bearer {self.tokens[role]}"}, **more)

    async def execute(self, kind, document, variables=None, role="member", **options):
        """Runs an operation over a transport of that kind."""
        request = document
        request.variable_values = variables
        if kind is HTTPXTransport:
            with Client(transport=self.transport(kind, role), execute_timeout=120) as client:
                return client.execute(request, **options)
        async with Client(transport=self.transport(kind, role), execute_timeout=120) as client:
            return await client.execute(request, **options)

    async def upload(self, kind, organization, file, role="member"):
        values = {"id": organization, "file": file}
        result = await self.execute(kind, UPLOAD, values, role, upload_files=True)
        return result["uploadAgreement"]

    async def refused(self, kind, code, organization, file, role="member"):
        """Uploads what must be refused with that code."""
        try:
            await self.upload(kind, organization, file, role)
        except TransportQueryError as error:
            expect([entry["extensions"]["code"] for entry in error.errors], [code])
        else:
            raise AssertionError(f"{code} was expected, and the upload was accepted")


def expect(value, expected):
    if value != expected:
        raise AssertionError(f"{expected!r} was expected, not {value!r}")


def expect_stored(agreement, path, name=NAME):
    with open(path, "rb") as file:
        content = file.read()
    expect((agreement["fileName"], agreement["fileSize"]), (name, len(content)))
    if httpx.get(agreement["presignedUrl"], timeout=120).content != content:
        raise AssertionError("what is downloaded is not what was uploaded")


TRANSPORTS = [AIOHTTPTransport, HTTPXAsyncTransport, HTTPXTransport]


async def introspection_gives_graphql_core_our_schema(scene):
    with open(scene.schema, encoding="utf-8") as file:
        ours = build_schema(file.read())
    everything = {
        "specified_by_url": True, "directive_is_repeatable": True, "schema_description": True,
        "input_value_deprecation": True, "input_object_one_of": True,
    }
    known = inspect.signature(get_introspection_query).parameters
    complete = {name: True for name in everything if name in known}
    for options in [{}, {"descriptions": False}, complete]:
        for method in ["POST", "GET"]:
            query = {"query": get_introspection_query(**options)}
            headers = {"Authorization": f"Bearer {scene.tokens['member']}"}
            arguments = {"json": query} if method == "POST" else {"params": query}
            answer = httpx.request(method, scene.url, headers=headers, timeout=120, **arguments).json()
            expect(answer.get("errors"), None)
            theirs = build_client_schema(answer["data"])
            assert_valid_schema(theirs)
            if options is complete:
                printed = [print_schema(lexicographic_sort_schema(schema)) for schema in [theirs, ours]]
                expect(printed[0], printed[1])


async def gql_checks_documents_with_our_schema(scene):
    for kind in [AIOHTTPTransport, HTTPXAsyncTransport]:
        async with Client(transport=scene.transport(kind), fetch_schema_from_transport=True) as client:
            names = (await client.execute(gql("{ connections { name } }")))["connections"]
            expect(len(names) > 0, True)
            try:
                await client.execute(gql("{ connections { nam } }"))
            except Exception as error:
                expect("Did you mean 'name'" in str(error), True)
            else:
                raise AssertionError("an unknown field was not noticed")


async def a_file_is_uploaded_over_every_transport(scene):
    for kind in TRANSPORTS:
        path = scene.file()
        expect_stored(await scene.upload(kind, scene.accepted(), FileVar(path)), path)


async def a_small_file_is_uploaded_over_every_transport(scene):
    for kind in TRANSPORTS:
        path = scene.file(size=100)
        file = FileVar(path, filename="klein & fein.pdf", content_type="application/pdf")
        expect_stored(await scene.upload(kind, scene.accepted(), file), path, "klein & fein.pdf")


async def a_large_file_is_uploaded_over_every_transport(scene):
    for kind in TRANSPORTS:
        path = scene.file(size=20 << 20)
        expect_stored(await scene.upload(kind, scene.accepted(), FileVar(path)), path)


async def two_files_are_uploaded_in_one_request(scene):
    for kind in TRANSPORTS:
        first, second = scene.file(size=300_000, name="a.pdf"), scene.file(size=90_000, name="b.pdf")
        values = {"a": scene.accepted(), "fileA": FileVar(first), "b": scene.accepted(), "fileB": FileVar(second)}
        result = await scene.execute(kind, UPLOAD_TWO, values, upload_files=True)
        expect_stored(result["a"], first, "a.pdf")
        expect_stored(result["b"], second, "b.pdf")


async def a_file_is_streamed(scene):
    for size in [100, 5 << 20]:
        path = scene.file(size=size)
        file = FileVar(path, filename=NAME, streaming=True, streaming_block_size=10_000)
        expect_stored(await scene.upload(AIOHTTPTransport, scene.accepted(), file), path)


async def a_file_is_streamed_without_a_name(scene):
    path = scene.file(size=1 << 20)

    async def pieces():
        with open(path, "rb") as file:
            while piece := file.read(50_000):
                yield piece
                await asyncio.sleep(0)

    for file, name in [(FileVar(path, streaming=True), "upload"),
                       (FileVar(pieces(), content_type="application/pdf"), "upload")]:
        expect_stored(await scene.upload(AIOHTTPTransport, scene.accepted(), file), path, name)


async def a_refusal_reaches_the_client_however_much_it_would_send(scene):
    for kind in TRANSPORTS:
        # httpx's asynchronous client doesn't read while it sends: it finds the answer if all is taken from it.
        large = [] if kind is HTTPXAsyncTransport else [40 << 20]
        for size in [1_000, 300_000, 5 << 20] + large:
            await scene.refused(kind, "CONNECTION_NOT_ACCEPTED", scene.pending, FileVar(scene.file(size=size)))
            await scene.refused(kind, "FORBIDDEN", scene.pending, FileVar(scene.file(size=size)), role="viewer")
    file = FileVar(scene.file(size=40 << 20), streaming=True)
    await scene.refused(AIOHTTPTransport, "CONNECTION_NOT_ACCEPTED", scene.pending, file)


async def a_file_that_is_too_large_is_refused(scene):
    for kind in TRANSPORTS:
        await scene.refused(kind, "FILE_TOO_LARGE", scene.accepted(), FileVar(scene.file(size=(50 << 20) + 1)))
    file = FileVar(scene.file(size=(50 << 20) + 1), streaming=True)
    await scene.refused(AIOHTTPTransport, "FILE_TOO_LARGE", scene.accepted(), file)


async def what_is_no_pdf_is_refused(scene):
    for kind in TRANSPORTS:
        await scene.refused(kind, "UNSUPPORTED_FILE_TYPE", scene.accepted(), FileVar(__file__))


async def a_request_that_is_given_up_leaves_the_server_well(scene):
    async def pieces():
        yield b"%PDF-1.7\n"
        await asyncio.sleep(60)

    upload = scene.upload(AIOHTTPTransport, scene.accepted(), FileVar(pieces(), filename="a.pdf"))
    try:
        await asyncio.wait_for(upload, timeout=0.5)
    except asyncio.TimeoutError:
        pass
    path = scene.file()
    expect_stored(await scene.upload(AIOHTTPTransport, scene.accepted(), FileVar(path)), path)


CHECKS = [
    introspection_gives_graphql_core_our_schema, gql_checks_documents_with_our_schema,
    a_file_is_uploaded_over_every_transport, a_small_file_is_uploaded_over_every_transport,
    a_large_file_is_uploaded_over_every_transport, two_files_are_uploaded_in_one_request, a_file_is_streamed,
    a_file_is_streamed_without_a_name, a_refusal_reaches_the_client_however_much_it_would_send,
    a_file_that_is_too_large_is_refused, what_is_no_pdf_is_refused,
    a_request_that_is_given_up_leaves_the_server_well,
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scene")
    parser.add_argument("--only", default="", help="only checks whose names contain this")
    options = parser.parse_args()
    with open(options.scene, encoding="utf-8") as file:
        values = json.load(file)
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        scene = Scene(values, folder)
        for check in CHECKS:
            name = check.__name__.replace("_", " ")
            if options.only not in name:
                continue
            try:
                asyncio.run(check(scene))
            except Exception:  # A check may fail in any way; the others still run.
                failures += 1
                print(f"FAILED: {name}\n{traceback.format_exc(limit=-4)}")
            else:
                print(f"passed: {name}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
