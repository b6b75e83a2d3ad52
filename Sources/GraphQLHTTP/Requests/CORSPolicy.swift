package import HTTPTypes

/// Which sites' scripts may call the API and read its answers.
///
/// Fetch Standard: CORS protocol. Credentials such as cookies are never allowed; callers send `Authorization`.
package struct CORSPolicy: Sendable {
    /// The sites that may.
    package enum Origins: Hashable, Sendable {
        case any
        /// Origins as a browser spells them: `https://app.example.com`, without a trailing slash.
        case only(Set<String>)
    }

    private let origins: Origins
    /// How many seconds a browser may remember the answer to a preflight request.
    private let maximumAge = 7200

    /// Makes a policy; `.only([])` allows no other site.
    package init(origins: Origins) {
        self.origins = origins
    }

    /// Adds what a browser needs to let a script read the answer.
    package func addHeaders(to response: inout HTTPFields, for request: HTTPFields) {
        switch origins {
        case .any:
            guard request.value(of: .origin) != nil else { return }
            response[.accessControlAllowOrigin] = "*"
        case .only(let allowed):
            guard !allowed.isEmpty else { return }
            response[.vary] = "Origin"
            guard let origin = request.value(of: .origin), allowed.contains(origin) else { return }
            response[.accessControlAllowOrigin] = origin
        }
        response[.accessControlExposeHeaders] = "X-Request-ID"
    }

    /// What the answer to a preflight request says besides; empty when the origin may not ask.
    package func preflightHeaders(for request: HTTPFields) -> HTTPFields {
        var answer: HTTPFields = [:]
        addHeaders(to: &answer, for: request)
        guard answer[.accessControlAllowOrigin] != nil, request.value(of: .accessControlRequestMethod) != nil else {
            return [:]
        }
        var headers: HTTPFields = [
            .accessControlAllowMethods: "GET, POST",
            .accessControlMaxAge: String(maximumAge),
        ]
        // Whatever headers a client library adds are fine: what is guarded is the origin.
        headers[.accessControlAllowHeaders] =
            request.value(of: .accessControlRequestHeaders) ?? "Authorization, Content-Type, GraphQL-Require-Preflight"
        return headers
    }
}
