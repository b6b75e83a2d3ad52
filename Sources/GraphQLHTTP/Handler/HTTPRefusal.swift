package import GraphQL
package import HTTPTypes

/// A request that is answered without being executed.
package struct HTTPRefusal: Error, Sendable {
    package let status: HTTPResponse.Status
    package let error: GraphQLError
    /// Further headers of the answer, such as `WWW-Authenticate`.
    package let headers: HTTPFields

    /// Makes a refusal; the request's id is added to the error's extensions when it is answered.
    package init(status: HTTPResponse.Status, error: GraphQLError, headers: HTTPFields = [:]) {
        self.status = status
        self.error = error
        self.headers = headers
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

    /// 405; `allowed` is the value of `Allow`.
    static func methodNotAllowed(_ message: String, allowed: String) -> HTTPRefusal {
        HTTPRefusal(.methodNotAllowed, code: .methodNotAllowed, message, headers: [.allow: allowed])
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

    /// 413: a file is larger than `limit` bytes.
    static func fileTooLarge(limit: Int) -> HTTPRefusal {
        HTTPRefusal(.contentTooLarge, code: .fileTooLarge, "The file is larger than \(limit) bytes.")
    }
}

/// The codes of refusals that are about HTTP, in `extensions.code`.
enum HTTPErrorCode: String, Sendable {
    case badUserInput = "BAD_USER_INPUT"
    case fileTooLarge = "FILE_TOO_LARGE"
    case methodNotAllowed = "METHOD_NOT_ALLOWED"
    case notAcceptable = "NOT_ACCEPTABLE"
    case preflightRequired = "PREFLIGHT_REQUIRED"
    case requestTooLarge = "REQUEST_TOO_LARGE"
    case unsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
}
