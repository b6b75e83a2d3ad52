internal import CLibCurl

/// Why a request has no response. The texts are libcurl's: they may name hosts, so they belong in a log.
package enum CurlError: Error, Sendable {
    /// The host's name has no address, or nothing accepted the channel.
    case unreachable(String)

    /// One of the request's ``CurlTimeouts`` ran out.
    case timedOut(String)

    /// The TLS handshake failed, or the peer's certificate didn't verify.
    case tls(String)

    /// The channel broke, or the peer spoke something else than HTTP, before the response was complete.
    case interrupted(String)

    /// The sequence that makes the request's body threw this.
    case bodyFailed(any Error)

    /// The response exceeds the request's limit.
    case responseTooLarge

    /// The task was cancelled, or the client shut down.
    case cancelled

    /// The request can't be sent as it is: its URL, a header, or a body that is shorter or longer than its length.
    case invalidRequest(String)
}

extension CurlError {
    /// What libcurl's result means to a caller; `detail` is the text of its error buffer.
    ///
    /// libcurl: CURLcode, libcurl-errors(3)
    init(_ code: CURLcode, detail: String) {
        let message = unsafe detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_PROXY:
            self = .unreachable(message)
        case CURLE_OPERATION_TIMEDOUT:
            self = .timedOut(message)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
            CURLE_SSL_ENGINE_INITFAILED:
            self = .tls(message)
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_UNKNOWN_OPTION:
            self = .invalidRequest(message)
        default:
            self = .interrupted(message)
        }
    }
}
