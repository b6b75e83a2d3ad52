/// What a transaction sees of the others.
///
/// Source: PostgreSQL documentation, "Transaction Isolation".
package enum IsolationLevel: String, Sendable {
    case readCommitted = "READ COMMITTED"
    case repeatableRead = "REPEATABLE READ"
    /// May end in `serializationFailure`; the caller tries again.
    case serializable = "SERIALIZABLE"
}
