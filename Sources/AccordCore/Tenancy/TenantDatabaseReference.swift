/// Where a tenant's database is: opaque here, and never printed, because it may hold a password.
package struct TenantDatabaseReference: Hashable, Sendable {
    /// The connection URL (`postgresql://…`), for the adapter that opens it and for nobody else.
    package let connectionURL: String

    /// Wraps a connection URL.
    package init(connectionURL: String) { self.connectionURL = connectionURL }
}

extension TenantDatabaseReference: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(database)" }
    package var debugDescription: String { description }
    /// Empty, so that `dump` and a failed expectation show no password either.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
