package import GraphQL

/// What is wrong with a file, or with a place in it.
package struct Problem: Error, Hashable, Sendable {
    /// The file, when no place in it is known.
    package let file: String?
    /// In the order in which they matter.
    package let places: [FilePlace]
    package let message: String

    package init(_ message: String, file: String? = nil, places: [FilePlace] = []) {
        self.message = message
        self.file = file
        self.places = places
    }
}

extension Problem: CustomStringConvertible {
    /// One line for a terminal: where, then what.
    package var description: String {
        guard let place = places.first?.description ?? file else { return message }
        return "\(place): \(message)"
    }
}

extension Problem {
    /// The same for programs: `message`, `file`, `locations`.
    package var json: Value {
        var members = [ObjectField("message", .string(message))]
        if let file = file ?? places.first?.file { members.append(ObjectField("file", .string(file))) }
        members.append(ObjectField("locations", .list(places.map(\.json))))
        return .object(members)
    }
}

extension FilePlace {
    /// `file`, `line`, `column`.
    package var json: Value {
        .object([
            ObjectField("file", .string(file)),
            ObjectField("line", .int(location.line)),
            ObjectField("column", .int(location.column)),
        ])
    }
}

/// Everything that is wrong.
package struct Problems: Error, Sendable {
    package let list: [Problem]

    package init(_ list: [Problem]) { self.list = list }
}
