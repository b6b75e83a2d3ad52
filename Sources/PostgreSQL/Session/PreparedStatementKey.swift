/// How a session finds a statement that it has prepared: by its text, and by the types its parameters were declared
/// with, since a NULL is declared with none.
struct PreparedStatementKey: Hashable {
    var text: String
    var parameterTypes: [OID]
}
