package import AccordCore
import S3

/// What a signed link gives to whoever has it.
package enum Download: Sendable {
    /// A file, with its size in bytes and the headers that go with it, `Content-Length` among them.
    case file(headers: [(name: String, value: String)], chunks: any AsyncSequence<[UInt8], any Error> & Sendable)
    /// The link is expired, tampered with, or none of ours. Status 403.
    case refused
    /// The link is right, but the file is gone. Status 404.
    case missing
}

extension DirectoryObjectStorage {
    /// The path below which the server must route GET and HEAD to `download(path:query:)`.
    package static var downloadPath: String { SignedLink.pathPrefix }

    /// Answers a request for a signed link.
    ///
    /// - Parameters:
    ///   - path: The request's path, percent-encoded as it came, from `/files/` on.
    ///   - query: What follows the question mark, percent-encoded as it came.
    /// - Returns: The file, opened: it can be sent to its end even if it is deleted meanwhile.
    /// - Throws: `storageUnavailable` when the disk fails.
    package func download(path: String, query: String) async throws(AccordError) -> Download {
        guard let target = links.target(path: path, query: query, now: now()) else { return .refused }
        guard let file = try await file(target.key) else { return .missing }
        return .file(
            headers: [
                (name: "Content-Type", value: "application/pdf"),
                (name: "Content-Length", value: String(file.size)),
                (name: "Content-Disposition", value: ContentDisposition.attachment(fileName: target.fileName)),
                // The link is a secret with a date; no cache may outlive it.
                (name: "Cache-Control", value: "private, no-store"),
                (name: "X-Content-Type-Options", value: "nosniff"),
            ],
            chunks: FileChunks(file: file, range: nil)
        )
    }
}
