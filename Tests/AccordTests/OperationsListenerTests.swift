import Curl
import Foundation
import TestSupport
import Testing

@testable import AccordDevelopment

/// What operators are told at an address of their own, and nobody else.
@Suite(.serialized, .server(storage: .directory), .timeLimit(.minutes(3)))
struct OperationsListenerTests {
    @Test func `operators read metrics and see what is not ready`() async throws {
        let server = try TestServer.current
        try await withPrivateFolder { folder async throws in
            let settings = [
                "ACCORD_ENV": "production", "ACCORD_OPERATIONS_PORT": "0", "ACCORD_SHUTDOWN_SECONDS": "600",
            ]
            let serve = try await ServeProcess.start(like: server, settings: settings, in: folder)
            let client = HTTPTestClient(url: serve.url)
            let operators = HTTPTestClient(url: try await serve.operationsURL())

            #expect(try await operators.get("/health/live").body == Array(#"{"status":"ok"}"#.utf8))
            let ready = try await operators.settledAnswer(status: 200)
            #expect(ready.body == Array(#"{"status":"ready"}"#.utf8))
            let metrics = String(decoding: try await operators.get("/metrics").body, as: UTF8.self)
            #expect(metrics.contains("\n# TYPE accord_graphql_requests_in_flight gauge\n"))
            #expect(metrics.contains(#/\nprocess_resident_memory_bytes [1-9][0-9]{6,}\n/#))
            #expect(metrics.contains(#/\nprocess_cpu_seconds_total 0?[0-9.]+\n/#))
            #expect(metrics.contains(#/\nprocess_open_fds [1-9][0-9]*\n/#))
            #expect(metrics.contains(#/\nprocess_max_fds [1-9][0-9]*\n/#))
            let start = metrics.firstMatch(of: #/\nprocess_start_time_seconds ([0-9.]+)\n/#).flatMap { Double($0.1) }
            #expect(abs(Date().timeIntervalSince1970 - (start ?? 0)) < 600)
            #expect(try await operators.get("/graphql").status == 404)
            #expect(try await operators.send(.post, "/metrics").status == 405)

            try await server.tenants.central.execute("UPDATE public.tenants SET schema_version = '0000'")
            let problems = """
                {"problems":{"migrations":"The databases of 2 active tenants are behind 0004_audit_log. \
                Run accord migrate."},"status":"unavailable"}
                """
            let problem = try await operators.settledAnswer(status: 503, body: problems)
            #expect(problem.status == 503)
            #expect(String(decoding: problem.body, as: UTF8.self) == problems)
            let told = try await client.get("/health/ready")
            #expect(told.status == 503)
            #expect(told.body == Array(#"{"status":"unavailable"}"#.utf8))
            #expect(try await client.get("/metrics").status == 404)
            try await server.tenants.central.execute("UPDATE public.tenants SET schema_version = '0004'")
            #expect(try await client.settledAnswer(status: 200).status == 200)

            // A request that runs keeps the server; operators see that it is stopping.
            try await server.withBlockedConnections { waiting async throws in
                let token = try server.token()
                async let answer = client.graphQL("{ connections { name } }", token: token)
                while try await waiting() == 0 { try await Task.sleep(for: .milliseconds(5)) }
                serve.process.send(SIGTERM)
                let body = #"{"status":"stopping"}"#
                let stopping = try await operators.settledAnswer(status: 503, body: body)
                #expect(stopping.body == Array(body.utf8))
                #expect(try await operators.get("/health/live").status == 200)
                serve.process.send(SIGKILL)
                _ = try? await answer
            }
            _ = await serve.process.waitForEnd()
        }
    }

    @Test(arguments: ["65536", "-1", "x"]) func `a port that is none ends the start`(_ port: String) async throws {
        let server = try TestServer.current
        try await withPrivateFolder { folder async throws in
            let settings = server.settings.merging(["ACCORD_OPERATIONS_PORT": port]) { $1 }
            let serve = try await AccordCommand(environment: settings, folder: folder).run("serve")
            #expect(serve.status != 0)
            #expect(
                serve.output.contains(
                    "ACCORD_OPERATIONS_PORT must be a whole number from 0 to 65535, not \"\(port)\"."))
        }
    }

    @Test func `a port that is taken ends the start`() async throws {
        let server = try TestServer.current
        let other = try ScriptedServer { _ in }
        try await withPrivateFolder { folder async throws in
            let settings = server.settings.merging(["ACCORD_OPERATIONS_PORT": "\(other.port)"]) { $1 }
            let serve = try await AccordCommand(environment: settings, folder: folder).run("serve")
            #expect(serve.status != 0)
            #expect(
                serve.output.contains(
                    """
                    can't listen at 127.0.0.1, port \(other.port) (ACCORD_OPERATIONS_HOST, ACCORD_OPERATIONS_PORT). \
                    Another program listens there.
                    """))
        }
    }
}
