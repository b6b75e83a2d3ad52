import HTTPTypes

/// Keeps other sites from sending requests through a visitor's browser.
///
/// A browser sends some requests to foreign origins without asking first (GET, multipart forms). Such a request is
/// executed only with a header that no form can set and that makes a script's request ask first (CORS preflight).
enum PreflightGuard {
    private static let proofs: [HTTPField.Name] = [
        .authorization,
        .constant("GraphQL-Require-Preflight"),
        .constant("Apollo-Require-Preflight"),
        .constant("X-Apollo-Operation-Name"),
    ]

    /// Throws unless the request carries one of the headers, with any value but an empty one.
    static func check(_ headers: HTTPFields) throws(HTTPRefusal) {
        guard !proofs.contains(where: { headers[$0]?.isEmpty == false }) else { return }
        throw HTTPRefusal(
            .badRequest,
            code: .preflightRequired,
            "This request could have been sent by another site. "
                + "Add the header \"GraphQL-Require-Preflight: 1\" or an \"Authorization\" header."
        )
    }
}
