/// The values made so far, by type. Asked at start-up only.
struct Values: Sendable {
    private var values: [TypeKey: any Sendable] = [:]

    mutating func insert(_ value: any Sendable, as type: TypeKey) {
        values[type] = value
    }

    /// A value that the dependency graph has proved to be there.
    func value<Value: Sendable>(of type: Value.Type) -> Value {
        guard let value = valueIfRegistered(of: type) else {
            preconditionFailure("\(type) is asked for before it is made, which the dependency graph rules out.")
        }
        return value
    }

    /// A value, or nil if none is made once of this type.
    func valueIfRegistered<Value: Sendable>(of type: Value.Type) -> Value? {
        values[TypeKey(type)] as? Value
    }
}
