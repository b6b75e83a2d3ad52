import AccordAPI
import AccordCore
import GraphQLHTTP
import HTTPTypes

extension HTTPRefusal {
    /// The answer to a request that is refused before anything is executed.
    ///
    /// - Parameters:
    ///   - error: what is wrong.
    ///   - isTokenBad: whether a token came that is no good, which `WWW-Authenticate` then says (RFC 6750 §3).
    init(_ error: AccordError, isTokenBad: Bool = false) {
        var headers: HTTPFields = [:]
        let status: HTTPResponse.Status
        switch error {
        case .unauthenticated:
            status = .unauthorized
            headers[.wwwAuthenticate] = isTokenBad ? #"Bearer error="invalid_token""# : "Bearer"
        case .forbidden, .tenantNotFound:
            status = .forbidden
        case .rateLimited:
            status = .tooManyRequests
        case .databaseUnavailable, .databaseBehind, .storageUnavailable, .timeout:
            status = .serviceUnavailable
        case .internalError, .storageUploadFailed:
            status = .internalServerError
        case .agreementNotFound, .versionNotFound, .versionNotKept:
            status = .notFound
        case .badUserInput, .connectionNotAccepted, .fileTooLarge, .unsupportedFileType:
            status = .badRequest
        }
        self.init(status: status, error: error.requestError, headers: headers)
    }
}
