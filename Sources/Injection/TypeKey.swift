/// A type as a key, with the name to call it by in messages.
struct TypeKey: Hashable, Sendable {
    private let id: ObjectIdentifier
    /// With its module, since two types that look alike are what a container must not confuse.
    let name: String

    init(_ type: Any.Type) {
        id = ObjectIdentifier(type)
        name = String(reflecting: type)
    }

    static func == (left: TypeKey, right: TypeKey) -> Bool {
        left.id == right.id
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(id)
    }
}
