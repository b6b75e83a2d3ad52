/// The XML that S3 explains a refusal with, as far as we read it: the text of an element that holds only text.
///
///     <Error><Code>NoSuchKey</Code><Message>The resource you requested does not exist</Message>…</Error>
///
/// No XML parser: two short texts for a log are all that is wanted, and anything else is simply not found.
struct ErrorDocument {
    private let document: String

    init(_ bytes: [UInt8]) {
        document = String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a body is such a document.
    static func isOne(_ bytes: [UInt8]) -> Bool {
        let document = ErrorDocument(bytes)
        return document.document.contains("<Error>") && document.text(of: "Code") != nil
    }

    /// The text of the first element of that name; `nil` where there is none.
    func text(of element: String) -> String? {
        guard let start = document.firstRange(of: "<\(element)>") else { return nil }
        guard let end = document[start.upperBound...].firstRange(of: "</\(element)>") else { return nil }
        return Self.resolvingEntities(document[start.upperBound..<end.lowerBound])
    }

    /// XML 1.0 §4.6, Predefined Entities.
    private static let entities: [(name: String, text: Character)] = [
        ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("&apos;", "'"), ("&#34;", "\""),
        ("&#39;", "'"),
    ]

    private static func resolvingEntities(_ text: Substring) -> String {
        var resolved = ""
        var rest = text
        while let character = rest.first {
            if character == "&", let entity = entities.first(where: { rest.hasPrefix($0.name) }) {
                resolved.append(entity.text)
                rest = rest.dropFirst(entity.name.count)
            } else {
                resolved.append(character)
                rest.removeFirst()
            }
        }
        return resolved
    }
}
