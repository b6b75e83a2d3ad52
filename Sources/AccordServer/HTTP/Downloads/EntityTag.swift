/// The strong tag of an agreement's content: its SHA-256 in quotation marks.
///
/// RFC 9110 §8.8.3 ETag
struct EntityTag: Hashable {
    /// As it is sent.
    let text: String

    init(sha256: String) { text = "\"\(sha256)\"" }

    /// Whether `If-None-Match` says that the client has this content. Weak tags count (RFC 9110 §13.1.2).
    func isIn(ifNoneMatch header: String?) -> Bool {
        guard let header else { return false }
        // No tag of ours holds a comma, so a foreign one that does may fall into pieces.
        return header.split(separator: ",").contains { entry in
            let tag = entry.trimmingPrefix(while: \.isWhitespace).prefix { !$0.isWhitespace }
            return tag == "*" || tag.trimmingPrefix("W/") == text
        }
    }

    /// Whether a range may be sent under `If-Range`: without one, or with this very tag. A date is none of ours (RFC 9110
    /// §13.1.5).
    func allowsRange(ifRange header: String?) -> Bool {
        header == nil || header == text
    }
}
