import Dispatch
import FoundationEssentials

/// Where the keys that tokens are verified against come from.
package enum JWKSSource: Sendable {
    /// A JSON Web Key Set in a file.
    case file(path: String)
    /// A JSON Web Key Set at a URL. `fetch` gets the URL and gives the body of a successful answer; it brings its own
    /// timeout, and a bound on the body's size.
    case url(String, fetch: @Sendable (String) async throws -> [UInt8])

    /// Sets of real issuers are a few kilobytes; a larger answer than this many bytes is not parsed.
    static let maximumBytes = 262_144

    /// Reads the document, without looking into it.
    ///
    /// - Throws: ``IdentityError/keysUnavailable(_:)``.
    func read() async throws(IdentityError) -> [UInt8] {
        let document: [UInt8]
        do {
            switch self {
            case .file(let path): document = try await Self.contents(ofFile: path)
            case .url(let url, let fetch): document = try await fetch(url)
            }
        } catch {
            throw .keysUnavailable("The key set at \(self) can't be read: \(error)")
        }
        guard document.count <= Self.maximumBytes else {
            throw .keysUnavailable("The key set at \(self) is larger than \(Self.maximumBytes) bytes.")
        }
        return document
    }

    /// A file may lie on a slow or hanging mount, so it is read on a thread of Dispatch's, not of the cooperative pool.
    private static func contents(ofFile path: String) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try [UInt8](Data(contentsOf: URL(filePath: path))) })
            }
        }
    }
}

extension JWKSSource: CustomStringConvertible {
    /// The path or the URL, for messages.
    package var description: String {
        switch self {
        case .file(let path): path
        case .url(let url, _): url
        }
    }
}
