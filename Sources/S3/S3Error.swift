package import Curl

/// Why an operation on the store failed. The texts may name hosts and keys: they belong in a log.
package enum S3Error: Error, Sendable {
    /// The store gave no answer: its name has no address, nothing listens, TLS failed, the channel broke, or a timeout
    /// ran out.
    case unreachable(String)

    /// The store answered, and the answer was no. `code` and `message` are its error document's, empty where it sent
    /// none (to HEAD there never is one).
    ///
    /// Amazon S3 API Reference: Error responses
    case refused(status: Int, code: String, message: String)

    /// The object is larger than the caller allows.
    case objectTooLarge

    /// The sequence of chunks to be stored threw this.
    case bodyFailed(any Error)

    /// The chunks to be stored came to another length than announced, or a value can't stand in a header.
    case invalidRequest(String)

    case invalidConfiguration(String)

    case cancelled
}

extension S3Error {
    init(_ error: CurlError) {
        switch error {
        case .unreachable(let text), .timedOut(let text), .tls(let text), .interrupted(let text):
            self = .unreachable(text)
        case .bodyFailed(let error): self = .bodyFailed(error)
        case .responseTooLarge: self = .objectTooLarge
        case .cancelled: self = .cancelled
        case .invalidRequest(let text): self = .invalidRequest(text)
        }
    }

    /// What the store's refusal says.
    package init(refusal response: CurlResponse) {
        let document = ErrorDocument(response.body)
        self = .refused(
            status: response.status,
            code: document.text(of: "Code") ?? "",
            message: document.text(of: "Message") ?? ""
        )
    }
}
