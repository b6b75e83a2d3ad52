import AccordCore
import Crypto
import S3

/// Where a key's file is below the directory store's folder.
///
/// Every component of the key is percent-encoded, a dot at its start too, so that no component can be `..`, hidden, or
/// the store's own folder for files in the making. A component longer than file systems take (255 bytes; 255 characters
/// of a file name may be 3,000 bytes encoded) keeps its beginning and ends in its SHA-256.
///
/// Unlike S3, a folder can't hold both `a` and `a/b`; keys have four components always, so they never ask for it.
struct DirectoryPath: Hashable {
    /// The components, outermost first; none is empty or contains a slash.
    let components: [String]

    /// The path of a key.
    init(_ key: ObjectKey) {
        components = key.description.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { Self.encoded(String(decoding: $0, as: UTF8.self)) }
    }

    private static let maximumLength = 255

    private static func encoded(_ component: String) -> String {
        // An empty component would vanish from the path.
        guard !component.isEmpty else { return "%" }
        var text = component.uriEncoded().replacing("~", with: "%7E")
        if text.hasPrefix(".") { text = "%2E" + text.dropFirst() }
        guard text.utf8.count > maximumLength else { return text }
        // A tilde is part of no encoded component, so a shortened one is no other's.
        let hash = SHA256.hash(data: Array(component.utf8)).hexadecimal
        return text.prefix(maximumLength - 1 - hash.count) + "~" + hash
    }
}
