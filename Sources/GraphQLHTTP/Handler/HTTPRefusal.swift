package import GraphQL
package import HTTPTypes

/// A request that is answered without being executed.
package struct HTTPRefusal: Error, Sendable {
    package let status: HTTPResponse.Status
    package let error: GraphQLError
    /// Further headers of the answer, such as `WWW-Authenticate`.
    package let headers: HTTPFields
    /// Whether the request was understood, and only its document can't be executed: then the status is 200 where
    /// the answer is `application/json`.
    private(set) var isRequestError = false

    /// Makes a refusal; the request's id is added to the error's extensions when it is answered.
    package init(status: HTTPResponse.Status, error: GraphQLError, headers: HTTPFields = [:]) {
        self.status = status
        self.error = error
        self.headers = headers
    }

    /// `extensions.code` of the error.
    package var code: String? {
        guard case .string(let code)? = error.extensions.first(where: { $0.name == "code" })?.value else { return nil }
        return code
    }

    init(_ status: HTTPResponse.Status, code: HTTPErrorCode, _ message: String, headers: HTTPFields = [:]) {
        self.init(
            status: status,
            error: GraphQLError(message, extensions: [ObjectField("code", .string(code.rawValue))]),
            headers: headers
        )
    }

    /// 400: the request is not what it should be.
    static func badRequest(_ message: String) -> HTTPRefusal {
        HTTPRefusal(.badRequest, code: .badUserInput, message)
    }

    /// 400, or 200 where the answer is `application/json`: the document can't be executed.
    static func unexecutable(code: HTTPErrorCode, _ message: String) -> HTTPRefusal {
        var refusal = HTTPRefusal(.badRequest, code: code, message)
        refusal.isRequestError = true
        return refusal
    }

    /// 405; `allowed` is the value of `Allow`.
    package static func methodNotAllowed(_ message: String, allowed: String) -> HTTPRefusal {
        HTTPRefusal(.methodNotAllowed, code: .methodNotAllowed, message, headers: [.allow: allowed])
    }

    /// What the endpoint has an answer to.
    static let methods = "GET, POST, OPTIONS"

    /// 405: the endpoint has no answer to the method.
    static var methodNotServed: HTTPRefusal {
        methodNotAllowed("GraphQL is served by GET and POST.", allowed: methods)
    }

    /// 415: the body is of a type that is not understood.
    static func unsupportedMediaType(_ message: String) -> HTTPRefusal {
        HTTPRefusal(
            .unsupportedMediaType, code: .unsupportedMediaType, message,
            headers: [.accept: "application/json, multipart/form-data"]
        )
    }

    /// 413: the body, or a part of it that is no file, is larger than `limit` bytes.
    static func requestTooLarge(_ subject: String, limit: Int) -> HTTPRefusal {
        HTTPRefusal(.contentTooLarge, code: .requestTooLarge, "\(subject) is larger than \(limit) bytes.")
    }

    /// 408: the body takes too long to arrive.
    static var tooSlow: HTTPRefusal {
        HTTPRefusal(.requestTimeout, code: .timeout, "The request took too long to arrive.")
    }

    /// 503: the execution was given up.
    static var outOfTime: HTTPRefusal {
        HTTPRefusal(.serviceUnavailable, code: .timeout, "This took too long and was given up.")
    }

    /// 503: the server stops, and could not wait for the execution to end.
    static var serverStops: HTTPRefusal {
        HTTPRefusal(.serviceUnavailable, code: .timeout, "The server is being stopped, and this was given up.")
    }

    /// 503: too many requests are being answered.
    package static var busy: HTTPRefusal {
        HTTPRefusal(
            .serviceUnavailable, code: .serverBusy, "The server is busy. Try again in a moment.",
            headers: [.retryAfter: "1"])
    }

    /// 413: a file is larger than `limit` bytes.
    static func fileTooLarge(limit: Int) -> HTTPRefusal {
        HTTPRefusal(.contentTooLarge, code: .fileTooLarge, "The file is larger than \(limit) bytes.")
    }
}

/// The codes of refusals that are about HTTP, in `extensions.code`.
package enum HTTPErrorCode: String, Sendable, CaseIterable {
    case badUserInput = "BAD_USER_INPUT"
    case fileTooLarge = "FILE_TOO_LARGE"
    case methodNotAllowed = "METHOD_NOT_ALLOWED"
    case notAcceptable = "NOT_ACCEPTABLE"
    case persistedQueryIDRequired = "PERSISTED_QUERY_ID_REQUIRED"
    case persistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND"
    case persistedQueryNotInList = "PERSISTED_QUERY_NOT_IN_LIST"
    case persistedQueryNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED"
    case preflightRequired = "PREFLIGHT_REQUIRED"
    case requestTooLarge = "REQUEST_TOO_LARGE"
    case serverBusy = "SERVER_BUSY"
    case timeout = "TIMEOUT"
    case unsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
}
