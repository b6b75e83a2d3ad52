package import GraphQL

/// The contents of a file, and what people call it.
package struct SourceFile: Hashable, Sendable {
    package let name: String
    /// UTF-8, without a byte order mark at its start.
    package let bytes: ArraySlice<UInt8>

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        self.bytes = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    }

    package init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// Whether this looks like JSON: definitions never begin with a square bracket, and a selection set never begins
    /// with a quotation mark.
    package var isJSON: Bool {
        let space: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
        let characters = bytes.lazy.filter { !space.contains($0) }.prefix(2).map { Unicode.Scalar($0) }
        return characters.first == "[" || Array(characters) == ["{", "\""] || Array(characters) == ["{", "}"]
    }
}

/// A place in a file.
package struct FilePlace: Hashable, Sendable {
    package let file: String
    package let location: SourceLocation

    package init(file: String, location: SourceLocation) {
        self.file = file
        self.location = location
    }
}

extension FilePlace: CustomStringConvertible {
    /// `file:line:column`, as editors and terminals know it.
    package var description: String { "\(file):\(location.line):\(location.column)" }
}

extension FilePlace: Comparable {
    /// In the order of the text; files by name.
    package static func < (left: FilePlace, right: FilePlace) -> Bool {
        (left.file, left.location.line, left.location.column)
            < (right.file, right.location.line, right.location.column)
    }
}
