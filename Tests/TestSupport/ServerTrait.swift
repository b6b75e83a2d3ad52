package import Testing

/// Gives each test of a suite a server of its own, or one to all: `@Suite(.server(storage: .s3))`, then
/// `TestServer.current`.
package struct ServerTrait: SuiteTrait, TestTrait, TestScoping {
    let storage: TestStorage.Kind
    let settings: [String: String]
    /// Whether each test of the suite gets its own.
    package let isRecursive: Bool

    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await TestServer.withNew(storage: storage, settings: settings) { server in
            try await TestServer.$scoped.withValue(server, operation: function)
        }
    }
}

extension Trait where Self == ServerTrait {
    /// A server for each test of the suite, or for this one test.
    ///
    /// Meant for `.serialized` suites, so that there are no more servers at a time than suites.
    package static func server(storage: TestStorage.Kind, settings: [String: String] = [:]) -> ServerTrait {
        ServerTrait(storage: storage, settings: settings, isRecursive: true)
    }

    /// One server for all tests of the suite, which use it at the same time.
    package static func sharedServer(storage: TestStorage.Kind, settings: [String: String] = [:]) -> ServerTrait {
        ServerTrait(storage: storage, settings: settings, isRecursive: false)
    }
}

extension TestServer {
    @TaskLocal fileprivate static var scoped: TestServer?

    /// The server of the running test.
    ///
    /// - Throws: `MissingTrait` outside of `.server` and `.sharedServer`.
    package static var current: TestServer {
        get throws {
            guard let scoped else { throw MissingTrait() }
            return scoped
        }
    }

    package struct MissingTrait: Error, CustomStringConvertible {
        package let description = "Neither the suite nor the test has the trait .server."
    }
}
