import Curl
import Foundation
import GraphQLHTTP
import PrometheusMetrics
import TestSupport
import Testing

@testable import AccordServer

/// What `/metrics` says after requests of every kind.
@Suite(.timeLimit(.minutes(3)))
struct MetricsTests {
    /// The samples of some metrics that are not 0, without the histograms' buckets and sums.
    private func samples(_ server: TestServer, _ prefixes: String...) async throws -> [String: Double] {
        let response = try await server.client.get("/metrics")
        #expect(response.status == 200)
        #expect(response.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        var samples: [String: Double] = [:]
        for line in String(decoding: response.body, as: UTF8.self).split(separator: "\n") {
            guard prefixes.contains(where: { line.hasPrefix($0) }), let space = line.lastIndex(of: " "),
                !line.contains("_bucket"), !line.contains("_sum")
            else { continue }
            samples[String(line[..<space])] = Double(line[line.index(after: space)...])
        }
        return samples.filter { $0.value != 0 }
    }

    @Test(.server(storage: .directory))
    func `operations are counted by name, type and outcome, and errors by code`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        for _ in 1...2 {
            _ = try await server.client.graphQL("query GetConnections { connections { name } }", token: token)
        }
        _ = try await server.client.graphQL("{ connections { name } }", token: token)
        _ = try await server.client.graphQL("{ conections { name } }", token: token)
        _ = try await server.client.graphQL("mutation M { deleteAgreement(connectedOrgId: \"x\") }", token: token)
        _ = try await server.client.graphQL(
            "mutation M($id: ID!) { deleteAgreement(connectedOrgId: $id) }", token: token)
        _ = try await server.client.graphQL("query Stranger { connections { name } }", token: nil)
        _ = try await server.client.graphQL("query Stranger { __typename }", token: nil)
        _ = try await server.client.send(.put, "/graphql")
        let expected: [String: Double] = [
            #"accord_graphql_operations_total{operation="GetConnections",outcome="success",type="query"}"#: 2,
            #"accord_graphql_operations_total{operation="-",outcome="success",type="query"}"#: 2,
            #"accord_graphql_operations_total{operation="-",outcome="invalid",type="unknown"}"#: 1,
            #"accord_graphql_operations_total{operation="M",outcome="errors",type="mutation"}"#: 1,
            #"accord_graphql_operations_total{operation="M",outcome="invalid",type="mutation"}"#: 1,
            #"accord_graphql_operations_total{operation="-",outcome="refused",type="query"}"#: 1,
            #"accord_graphql_operation_seconds_count{operation="GetConnections"}"#: 2,
            #"accord_graphql_operation_seconds_count{operation="-"}"#: 4,
            #"accord_graphql_operation_seconds_count{operation="M"}"#: 2,
            #"accord_graphql_errors_total{code="GRAPHQL_VALIDATION_FAILED"}"#: 1,
            #"accord_graphql_errors_total{code="BAD_USER_INPUT"}"#: 2,
            #"accord_graphql_errors_total{code="UNAUTHENTICATED"}"#: 1,
            #"accord_graphql_errors_total{code="METHOD_NOT_ALLOWED"}"#: 1,
            #"accord_http_requests_total{route="graphql",status="200"}"#: 7,
            #"accord_http_requests_total{route="graphql",status="401"}"#: 1,
            #"accord_http_requests_total{route="graphql",status="405"}"#: 1,
            "accord_plan_cache_hits_total": 1,
            "accord_plan_cache_misses_total": 7,
            "accord_plan_cache_operations": 6,
        ]
        var found = try await samples(server, "accord_graphql", "accord_http", "accord_plan_cache")
        let bytes = found.removeValue(forKey: "accord_plan_cache_bytes") ?? 0
        #expect((1_000...1_000_000).contains(bytes))
        #expect(found == expected)
    }

    @Test(.server(storage: .directory, settings: ["ACCORD_MAX_FILE_BYTES": "100000"]))
    func `files are counted, and calls to the storage`() async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        let token = try server.token()
        for size in [2_000, 3_000] {
            _ = try await server.upload(TestFile.pdf("a.pdf", size: size), to: other, token: token)
        }
        _ = try await server.upload(TestFile.pdf("a.pdf", size: 100_001), to: other, token: token)
        _ = try await server.upload(TestFile("a.pdf", Array("no PDF".utf8)), to: other, token: token)
        _ = try await server.delete(other, token: token)
        let expected: [String: Double] = [
            #"accord_uploaded_files_total{outcome="received"}"#: 3,
            #"accord_uploaded_files_total{outcome="too_large"}"#: 1,
            "accord_uploaded_bytes_total": 5_006,
            #"accord_storage_call_seconds_count{call="put",outcome="success"}"#: 2,
            #"accord_storage_call_seconds_count{call="copy",outcome="success"}"#: 2,
            #"accord_storage_call_seconds_count{call="delete",outcome="success"}"#: 3,
            #"accord_graphql_errors_total{code="FILE_TOO_LARGE"}"#: 1,
            #"accord_graphql_errors_total{code="UNSUPPORTED_FILE_TYPE"}"#: 1,
        ]
        #expect(try await samples(server, "accord_uploaded", "accord_storage", "accord_graphql_errors") == expected)
    }

    @Test(.server(storage: .directory))
    func `failures of the storage are told apart`() async throws {
        let server = try TestServer.current
        let refusing = try ScriptedServer { channel in
            guard channel.readHead() != nil else { return }
            channel.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        }
        for (endpoint, outcome) in [("http://127.0.0.1:1", "unavailable"), (refusing.url, "refused")] {
            let settings = [
                "ACCORD_STORAGE": "s3", "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "id",
                "AWS_SECRET_ACCESS_KEY": "secret",
            ]
            try await server.withAnother(settings: settings) { broken async throws in
                let other = try await server.newConnection()
                _ = try await broken.upload(TestFile.pdf("a.pdf"), to: other, token: broken.token())
                #expect(
                    try await samples(broken, "accord_storage_call_seconds_count")
                        == [
                            #"accord_storage_call_seconds_count{call="put",outcome="\#(outcome)"}"#: 1,
                            // Whether it is there all the same.
                            #"accord_storage_call_seconds_count{call="head",outcome="\#(outcome)"}"#: 1,
                        ])
            }
        }
    }

    @Test(
        .server(
            storage: .directory,
            settings: ["ACCORD_USER_REQUESTS_PER_MINUTE": "2", "ACCORD_TENANT_REQUESTS_PER_MINUTE": "3"]))
    func `tokens that are refused are counted by reason, and what is too much by whose limit`() async throws {
        let server = try TestServer.current
        let query = "{ __typename }"
        for token in ["x", "a.b.c", try TestServer.token(subject: "s", organization: "")] {
            _ = try await server.client.graphQL(query, token: token)
        }
        _ = try await server.client.send(
            .get, "/graphql?query=%7B__typename%7D", headers: [(name: "Authorization", value: "Basic YTpi")])
        for role in ["member", "member", "member", "viewer", "viewer"] {
            _ = try await server.client.graphQL(query, token: server.token(role))
        }
        let expected: [String: Double] = [
            #"accord_tokens_refused_total{reason="malformed"}"#: 2,
            #"accord_tokens_refused_total{reason="missing_claim"}"#: 1,
            #"accord_tokens_refused_total{reason="not_bearer"}"#: 1,
            #"accord_rate_limited_total{limit="user"}"#: 1,
            #"accord_rate_limited_total{limit="tenant"}"#: 1,
        ]
        #expect(try await samples(server, "accord_tokens", "accord_rate") == expected)
    }

    @Test(.server(storage: .directory, settings: ["ACCORD_DATABASE_CONNECTIONS": "2"]))
    func `the pool says what it has, and who waited for how long`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        try await server.withBlockedConnections { waiting async throws in
            try await withThrowingTaskGroup { group in
                for _ in 1...3 {
                    group.addTask { _ = try await server.client.graphQL("{ connections { name } }", token: token) }
                }
                // Two have a connection and wait for the table; the third waits for a connection.
                while try await waiting() < 2 { try await Task.sleep(for: .milliseconds(5)) }
                while try await samples(server, "accord_postgresql_waiting") != ["accord_postgresql_waiting": 1] {
                    try await Task.sleep(for: .milliseconds(5))
                }
                let found = try await samples(server, "accord_postgresql", "accord_graphql_requests_in_flight")
                #expect(found[#"accord_postgresql_connections{state="lent"}"#] == 2)
                #expect(found["accord_postgresql_connections_maximum"] == 2)
                #expect(found["accord_graphql_requests_in_flight"] == 3)
                group.cancelAll()
            }
        }
    }

    @Test(.server(storage: .directory)) func `every metric is described, and is in the documentation`() async throws {
        let server = try TestServer.current
        _ = try await server.client.graphQL("{ connections { name } }", token: server.token())
        let response = try await server.client.get("/metrics")
        let text = String(decoding: response.body, as: UTF8.self)
        let types = Set(text.matches(of: #/# TYPE ([a-z_]+) /#).map { String($0.1) })
        let described = Set(text.matches(of: #/# HELP ([a-z_]+) [A-Z].*\./#).map { String($0.1) })
        #expect(types == described)
        #expect(types == Set(MetricNames.all.map(\.name)))
        let project = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let page = try String(contentsOf: project.appending(path: "docs/operations.md"), encoding: .utf8)
        let documented = Set(page.matches(of: #/\n\| `((accord|process)_[a-z_]+)/#).map { String($0.1) })
        #expect(documented == types)
    }

    @Test(.server(storage: .directory, settings: ["ACCORD_ENV": "production"]))
    func `a production server keeps its metrics from the public`() async throws {
        let client = try TestServer.current.client
        #expect(try await client.get("/metrics").status == 404)
        // A machine that is busy with other tests may keep the checks from their answer in time.
        let bodies = [#"{"status":"ready"}"#, #"{"status":"unavailable"}"#]
        #expect(bodies.contains(String(decoding: try await client.get("/health/ready").body, as: UTF8.self)))
    }
}
