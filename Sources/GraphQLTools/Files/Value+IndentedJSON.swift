package import GraphQL

extension Value {
    /// The value as JSON for people: two spaces a level, without a line end behind it.
    package var indentedJSON: String {
        var buffer = ResponseBuffer(capacity: 4096)
        buffer.write(self, level: 0)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }
}

extension ResponseBuffer {
    fileprivate mutating func write(_ value: Value, level: Int) {
        switch value {
        case .list(let items) where !items.isEmpty:
            append("[")
            for (position, item) in items.enumerated() {
                if position > 0 { append(",") }
                breakLine(level + 1)
                write(item, level: level + 1)
            }
            breakLine(level)
            append("]")
        case .object(let members) where !members.isEmpty:
            append("{")
            for (position, member) in members.enumerated() {
                if position > 0 { append(",") }
                breakLine(level + 1)
                write(member.name)
                append(": ")
                write(member.value, level: level + 1)
            }
            breakLine(level)
            append("}")
        default:
            write(value)
        }
    }

    private mutating func breakLine(_ level: Int) {
        append("\n")
        for _ in 0..<level { append("  ") }
    }
}
