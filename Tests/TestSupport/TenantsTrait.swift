package import Testing

/// Gives a suite, or a single test, databases of its own: `@Suite(.tenants)`, then `TestTenants.current`.
///
/// The tests of a suite share them, at the same time unless it is `.serialized`.
package struct TenantsTrait: SuiteTrait, TestTrait, TestScoping {
    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let tenants = try await TestTenants.make()
        do {
            try await TestTenants.$scoped.withValue(tenants, operation: function)
        } catch {
            try await tenants.drop()
            throw error
        }
        try await tenants.drop()
    }
}

extension Trait where Self == TenantsTrait {
    /// Databases of the suite's or test's own.
    package static var tenants: TenantsTrait { TenantsTrait() }
}

extension TestTenants {
    @TaskLocal fileprivate static var scoped: TestTenants?

    /// The databases of the running suite or test.
    ///
    /// - Throws: `MissingTrait` outside of `.tenants`.
    package static var current: TestTenants {
        get throws {
            guard let scoped else { throw MissingTrait() }
            return scoped
        }
    }

    package struct MissingTrait: Error, CustomStringConvertible {
        package let description = "Neither the suite nor the test has the trait .tenants."
    }
}
