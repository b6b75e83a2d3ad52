import AccordDevelopment
import Logging
import PostgreSQL
import Synchronization
import Testing
import TestSupport

@Suite(.serialized, .timeLimit(.minutes(5))) struct PostgreSQLPoolTests {
    @Test func `a connection that made room has left the server before the next one comes`() async throws {
        let (one, two) = (try await TestDatabase.empty(), try await TestDatabase.empty())
        let role = "limited_\(UInt32.random(in: .min ... .max))"
        let cluster = try await TestCluster.shared.cluster
        try await cluster.administer(["CREATE ROLE \(role) LOGIN PASSWORD 'p' CONNECTION LIMIT 1"])
        let endpoints = try [one, two].map {
            try PostgreSQLEndpoint(url: $0.url).database($0.name, user: role, password: "p")
        }
        let pool = PostgreSQLPool(
            configuration: .patient(maximumConnections: 1), logger: Logger(label: "test"))
        for round in 0..<20 {
            try await pool.withConnection(to: endpoints[round % 2]) { connection in
                _ = try await connection.query("SELECT 1")
            }
        }
        await pool.close()
        try await one.drop()
        try await two.drop()
        try await cluster.administer(["DROP ROLE \(role)"])
    }

    @Test func `the pool says what it has, and what it has opened`() async throws {
        try await withPool(PostgreSQLPoolConfiguration(maximumConnections: 3)) { pool, endpoint in
            func counts() -> [Int] {
                let statistics = pool.statistics
                return [statistics.maximum, statistics.lent, statistics.idle, statistics.waiting, statistics.opened]
            }
            #expect(counts() == [3, 0, 0, 0, 0])
            try await pool.withConnection(to: endpoint) { _ in
                try await pool.withConnection(to: endpoint) { _ in #expect(counts() == [3, 2, 0, 0, 2]) }
                #expect(counts() == [3, 1, 1, 0, 2])
            }
            #expect(counts() == [3, 0, 2, 0, 2])
        }
    }

    @Test(arguments: [
        ("", custom: 0, generic: 3), ("?options=-cplan_cache_mode%3Dforce_custom_plan", custom: 3, generic: 0),
    ])
    func `a statement is planned once for its connection, unless the URL says otherwise`(
        options: String, custom: Int, generic: Int
    ) async throws {
        let database = try await TestDatabase.empty()
        var configuration = PostgreSQLPoolConfiguration.patient(maximumConnections: 1)
        configuration.statementTimeout = .seconds(60)
        let pool = PostgreSQLPool(configuration: configuration, logger: Logger(label: "test"))
        try await pool.withConnection(to: try PostgreSQLEndpoint(url: database.url + options)) { connection in
            let select: PreparedStatement = "SELECT oid FROM pg_class WHERE oid = $1"
            for oid in 1...3 { _ = try await connection.query(select, [.int(oid)]) }
            let plans = try await connection.query(
                "SELECT custom_plans, generic_plans FROM pg_prepared_statements WHERE statement LIKE '%FROM pg_class%'"
            ).first
            #expect(try plans?.decode(Int.self, 0) == custom)
            #expect(try plans?.decode(Int.self, 1) == generic)
        }
        await pool.close()
        try await database.drop()
    }

    @Test func `200 tasks share 5 connections, and each gets its turn`() async throws {
        let configuration = PostgreSQLPoolConfiguration(maximumConnections: 5, acquireTimeout: .seconds(120))
        try await withPool(configuration) { pool, endpoint in
            let busy = Shared((now: 0, most: 0))
            let backends = try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        try await pool.withConnection(to: endpoint) { connection in
                            busy.value.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                            defer { busy.value.withLock { $0.now -= 1 } }
                            // The first wait until all connections are lent at a time.
                            while busy.value.withLock({ $0.most }) < 5 { try await Task.sleep(for: .milliseconds(5)) }
                            return try await value(
                                Int.self, of: "SELECT pg_backend_pid() FROM pg_sleep(0.005)", on: connection)
                        }
                    }
                }
                var backends: [Int?: Int] = [:]
                for try await backend in group { backends[backend, default: 0] += 1 }
                return backends
            }
            #expect(backends.count == 5)
            #expect(backends.values.reduce(0, +) == 200)
            #expect(busy.value.withLock { $0.most } == 5)
        }
    }

    @Test func `tasks get a connection in the order of their coming`() async throws {
        let configuration = PostgreSQLPoolConfiguration(maximumConnections: 1, acquireTimeout: .seconds(120))
        try await withPool(configuration) { pool, endpoint in
            let order = Shared<[Int]>([])
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await pool.withConnection(to: endpoint) { _ in
                    for number in 0..<20 {
                        group.addTask {
                            try await pool.withConnection(to: endpoint) { _ in
                                order.value.withLock { $0.append(number) }
                            }
                        }
                        while pool.statistics.waiting < number + 1 { try await Task.sleep(for: .milliseconds(1)) }
                    }
                }
                try await group.waitForAll()
            }
            #expect(order.value.withLock { $0 } == Array(0..<20))
        }
    }

    @Test func `what can wait is done on the connection that is there, before that makes room`() async throws {
        let other = try await TestDatabase.empty()
        let configuration = PostgreSQLPoolConfiguration(maximumConnections: 1)
        try await withPool(configuration) { pool, endpoint in
            func backend(_ connection: PostgreSQLConnection) async throws -> Int? {
                try await value(Int.self, of: "SELECT pg_backend_pid()", on: connection)
            }
            // Nothing is opened for it.
            let none: Void? = try await pool.withSpareConnection(to: endpoint, within: .milliseconds(1)) { _ in }
            #expect(none == nil)
            let first = try await pool.withConnection(to: endpoint, backend)
            let idle = try await pool.withSpareConnection(to: endpoint, within: .milliseconds(1), backend)
            #expect(idle == first)

            // An immediate task runs until it waits.
            let waiting = Task.immediate {
                try await pool.withSpareConnection(to: endpoint, within: .seconds(3_600), backend)
            }
            try await pool.withConnection(to: try PostgreSQLEndpoint(url: other.url)) { _ in }
            #expect(try await waiting.value == first)
            #expect(pool.statistics.opened == 2)

            let cancelled = Task.immediate {
                try await pool.withSpareConnection(to: endpoint, within: .seconds(3_600), backend)
            }
            cancelled.cancel()
            #expect(try await cancelled.value == nil)
        }
        try await other.drop()
    }

    @Test func `who waits too long is told so`() async throws {
        let configuration = PostgreSQLPoolConfiguration(maximumConnections: 1, acquireTimeout: .milliseconds(100))
        try await withPool(configuration) { pool, endpoint in
            try await pool.withConnection(to: endpoint) { _ in
                let clock = ContinuousClock()
                var time = Duration.seconds(60)
                // A machine that stalls is late, but not each time.
                for _ in 1...5 where time > .seconds(4) {
                    let start = clock.now
                    let error = try await failure { try await pool.withConnection(to: endpoint) { _ in } }
                    time = clock.now - start
                    #expect(error == .poolTimeout)
                    #expect(time >= .milliseconds(100))
                }
                #expect(time < .seconds(4))
            }
            try await pool.withConnection(to: endpoint) { _ in }
        }
    }

    @Test func `many databases share one budget`() async throws {
        let configuration = PostgreSQLPoolConfiguration(maximumConnections: 3, acquireTimeout: .seconds(60))
        try await withPool(configuration) { pool, first in
            var databases: [TestDatabase] = []
            for _ in 0..<4 { databases.append(try await .empty()) }
            let endpoints = try [first] + databases.map { try PostgreSQLEndpoint(url: $0.url) }

            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<50 {
                    let endpoint = endpoints[number % endpoints.count]
                    group.addTask {
                        try await pool.withConnection(to: endpoint) { connection in
                            let name = try await value(
                                String.self, of: "SELECT current_database()::text", on: connection)
                            return name == endpoint.database
                        }
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }

            let names = endpoints.map { "'\($0.database)'" }.joined(separator: ",")
            let count = try await TestCluster.shared.cluster.administer([
                "SELECT count(*) <= 3 FROM pg_stat_activity WHERE datname IN (\(names))"
            ])
            #expect(count == "t\n")
            for database in databases { try await database.drop() }
        }
    }

    @Test func `an idle connection is closed after its time`() async throws {
        let configuration = PostgreSQLPoolConfiguration(maximumConnections: 2, idleTimeout: .milliseconds(200))
        try await withPool(configuration) { pool, endpoint in
            let upkeep = Task { await pool.run() }
            let query = "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(endpoint.database)'"
            let cluster = try await TestCluster.shared.cluster
            try await pool.withConnection(to: endpoint) { _ = try await $0.execute("SELECT 1") }
            for _ in 0..<50 where try await cluster.administer([query]) != "0\n" {
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(try await cluster.administer([query]) == "0\n")
            upkeep.cancel()
            await upkeep.value
        }
    }

    @Test func `a closed pool refuses, and waits for what it has lent`() async throws {
        try await withPool(PostgreSQLPoolConfiguration(maximumConnections: 1)) { pool, endpoint in
            let closed = PostgreSQLError.connectionFailed("the connection pool is closed")
            let hasClosed = Shared(false)
            let closing = try await pool.withConnection(to: endpoint) { connection in
                let waiting = Task { try await pool.withConnection(to: endpoint) { _ in } }
                try await Task.sleep(for: .milliseconds(50))
                let closing = Task {
                    await pool.close()
                    hasClosed.value.withLock { $0 = true }
                }
                let error = try await failure { try await waiting.value }
                #expect(error == closed)
                #expect(try await value(Int.self, of: "SELECT 1", on: connection) == 1)
                #expect(hasClosed.value.withLock { $0 } == false)
                return closing
            }
            await closing.value
            let error = try await failure { try await pool.withConnection(to: endpoint) { _ in } }
            #expect(error == closed)
        }
    }

    @Test func `a pool that nobody closed goes with its last reference`() async throws {
        let database = try await TestDatabase.empty()
        let endpoint = try PostgreSQLEndpoint(url: database.url)
        weak var gone: PostgreSQLPool?
        do {
            let pool = PostgreSQLPool(configuration: .patient(maximumConnections: 1), logger: Logger(label: "test"))
            try await pool.withConnection(to: endpoint) { _ = try await $0.execute("SELECT 1") }
            gone = pool
        }
        #expect(gone == nil)
        let query = "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(endpoint.database)'"
        let cluster = try await TestCluster.shared.cluster
        for _ in 0..<50 where try await cluster.administer([query]) != "0\n" {
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(try await cluster.administer([query]) == "0\n")
        try await database.drop()
    }
}

/// A value that the tasks of a test share.
private final class Shared<Value: Sendable>: Sendable {
    let value: Mutex<Value>

    init(_ value: Value) {
        self.value = Mutex(value)
    }
}
