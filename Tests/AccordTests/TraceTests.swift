import Curl
import Foundation
import InMemoryTracing
import Injection
import Synchronization
import TestSupport
import Testing
import Tracing

/// The trace of a request: passed on to the storage, and told to a tracer that records.
@Suite(.serialized, .server(storage: .directory), .timeLimit(.minutes(3)))
struct TraceTests {
    private static let traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    /// The heads of requests, in lower case.
    private final class Heads: Sendable {
        private let heads = Mutex<[String]>([])
        func add(_ head: String) { heads.withLock { $0.append(head.lowercased()) } }
        var all: [String] { heads.withLock { $0 } }
    }

    @Test(arguments: [
        ([("traceparent", traceparent)], ["traceparent: \(traceparent)"]),
        (
            [("traceparent", traceparent), ("tracestate", "a=1 , b=2")],
            ["traceparent: \(traceparent)", "tracestate: a=1,b=2"]
        ),
        (
            [("traceparent", traceparent), ("tracestate", "a=1"), ("tracestate", "b=2")],
            ["traceparent: \(traceparent)", "tracestate: a=1,b=2"]
        ),
        ([], []),
        ([("tracestate", "a=1")], []),
        ([("traceparent", "00-0-0-0"), ("tracestate", "a=1")], []),
        ([("traceparent", traceparent), ("traceparent", traceparent)], []),
        ([("traceparent", traceparent), ("tracestate", "A")], ["traceparent: \(traceparent)"]),
    ])
    func `the trace of an upload is passed on to the storage`(
        _ headers: [(String, String)], _ passedOn: [String]
    ) async throws {
        let server = try TestServer.current
        let heads = Heads()
        let storage = try ScriptedServer { channel in
            guard let head = channel.readHead() else { return }
            heads.add(head)
            let length = head.firstMatch(of: #/(?i)\r\ncontent-length: ([0-9]+)/#).flatMap { Int($0.1) } ?? 0
            _ = channel.readBody(length)
            channel.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        }
        let settings = [
            "ACCORD_STORAGE": "s3", "AWS_ENDPOINT_URL": storage.url, "AWS_ACCESS_KEY_ID": "id",
            "AWS_SECRET_ACCESS_KEY": "secret",
        ]
        let other = try await server.newConnection()
        try await server.withAnother(settings: settings) { server async throws in
            let body = MultipartBody.upload(
                operations: TestServer.uploadOperations(other), fileName: #"filename="a.pdf""#,
                TestFile.pdf("").bytes)
            let answer = try await server.client.send(
                .post, "/graphql",
                headers: [
                    (name: "Content-Type", value: body.contentType),
                    (name: "Authorization", value: "Bearer \(try server.token())"),
                ] + headers.map { (name: $0.0, value: $0.1) },
                body: body.bytes)
            #expect(GraphQLAnswer(status: answer.status, body: answer.body).errors.isEmpty)
        }
        let sent = heads.all.map { $0.split(separator: "\r\n").filter { $0.hasPrefix("trace") }.map(String.init) }
        #expect(sent == [passedOn])
    }

    @Test func `a tracer is told a span for the request, and in it one for each call of a port`() async throws {
        let server = try TestServer.current
        let tracer = InMemoryTracer()
        let token = try server.token()
        let other = try await server.newConnection()
        // Tenants and users are looked up every time.
        let settings = server.settings.merging(["ACCORD_CACHE_ENTRIES": "0"]) { $1 }
        try await withRunningServer(settings: settings) { registrations in
            registrations.replace((any Tracer).self) { tracer }
        } _: { url async throws in
            let client = HTTPTestClient(url: url)
            let answer = try await client.graphQL("{ connections { name agreement { id } } }", token: token)
            #expect(answer.errors.isEmpty)
            let spans = tracer.popFinishedSpans()
            let request = try #require(spans.first { $0.operationName == "graphql" })
            #expect(
                Set(spans.filter { $0.parentSpanID == request.spanID }.map(\.operationName))
                    == ["tenants.find", "users.find", "connections.list", "agreements.list"])
            #expect(Set(spans.map(\.traceID)).count == 1)
            #expect(spans.count == 5)

            let body = MultipartBody.upload(
                operations: TestServer.uploadOperations(other), fileName: #"filename="a.pdf""#,
                TestFile.pdf("").bytes)
            let uploaded = try await client.post(body: body.bytes, contentType: body.contentType, token: token)
            #expect(uploaded.errors.isEmpty)
            let names = Dictionary(tracer.finishedSpans.map { ($0.spanID, $0.operationName) }) { first, _ in first }
            #expect(
                Set(tracer.popFinishedSpans().map { "\($0.operationName) in \(names[$0.parentSpanID ?? ""] ?? "-")" })
                    == [
                        "graphql in -", "tenants.find in graphql", "users.find in graphql",
                        "connections.status in graphql", "agreements.change in graphql",
                        "storage.put in agreements.change",
                    ])
        }
    }
}
