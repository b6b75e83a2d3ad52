package import AccordCore
package import GraphQL

extension AccordError {
    /// What a client may see: a code for its program and a sentence for its people. Causes are logged where they are
    /// caught.
    package var presentation: (code: ErrorCode, message: String) {
        switch self {
        case .unauthenticated:
            (.unauthenticated, "Sign in: this needs a valid access token.")
        case .forbidden:
            (.forbidden, "Your role doesn't allow this.")
        case .tenantNotFound:
            (.tenantNotFound, "Your organization is not a customer of this service.")
        case .badUserInput(let message):
            (.badUserInput, message)
        case .connectionNotAccepted:
            (.connectionNotAccepted, "You have no accepted connection with this organization.")
        case .agreementNotFound:
            (.agreementNotFound, "There is no agreement for this connection.")
        case .versionNotFound:
            (.agreementNotFound, "There is no such version of the agreement for this connection.")
        case .versionNotKept:
            (.agreementNotFound, "The file of this version is not kept.")
        case .fileTooLarge(let limit):
            (.fileTooLarge, "The file is larger than \(limit) bytes.")
        case .unsupportedFileType:
            (.unsupportedFileType, "The file is not a PDF.")
        case .storageUnavailable:
            (.storageUnavailable, "The file storage can't be reached. Try again later.")
        case .storageUploadFailed:
            (.storageUploadFailed, "The file storage refused the file.")
        case .databaseUnavailable:
            (.databaseUnavailable, "The database can't be reached. Try again later.")
        case .databaseBehind:
            (.databaseUnavailable, "The database has not been brought up to date yet. Try again later.")
        case .timeout:
            (.timeout, "This took too long and was given up.")
        case .rateLimited:
            (.rateLimited, "Too many requests. Try again later.")
        case .internalError:
            (.internalServerError, "Something went wrong on our side.")
        }
    }

    /// The entry of `errors` for a request that is not executed because of this. The transport adds the request's id.
    package var requestError: GraphQLError {
        GraphQLError(presentation.message, extensions: [ObjectField("code", .string(presentation.code.rawValue))])
    }
}

/// Gives every error its code and its request's id, and keeps what a client must not see to the log.
package func presentError(
    _ error: GraphQLError, _ origin: ErrorOrigin, _ context: (any AnyObject & Sendable)?
) -> GraphQLError {
    let context = context as? APIContext
    var error = error
    let code: ErrorCode
    switch origin {
    case .syntax: code = .graphQLParseFailed
    case .validation: code = .graphQLValidationFailed
    case .operationResolution: code = .operationResolutionFailure
    case .input: code = .badUserInput
    case .resolver(let cause as AccordError):
        (code, error.message) = cause.presentation
    case .resolver(is GraphQLError):
        // The engine's own, about arguments.
        code = .badUserInput
    case .resolver(let cause):
        context?.reportFault(cause)
        (code, error.message) = AccordError.internalError.presentation
    case .completion:
        context?.reportFault(error)
        code = .internalServerError
    case .cancellation: code = .internalServerError
    }
    error.extensions.append(ObjectField("code", .string(code.rawValue)))
    if let context {
        error.extensions.append(ObjectField("requestId", .string(context.requestID)))
        context.reportError(code)
    }
    return error
}
