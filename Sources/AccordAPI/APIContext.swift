package import AccordCore
import GraphQL

/// What a request's resolvers are given: who asks, and the services they may use.
///
/// One is made for each request, before its operation is known.
package final class APIContext: Sendable {
    /// Finds the request in the log; every error carries it.
    package let requestID: String
    /// Who asks; nil without an access token.
    package let viewer: Viewer?
    /// What can be done with connections and agreements.
    let agreements: AgreementService
    /// Told what a client must not see.
    let reportFault: @Sendable (any Error) -> Void

    /// Makes the context of one request.
    ///
    /// - Parameters:
    ///   - requestID: the request's id.
    ///   - viewer: who asks; nil without an access token.
    ///   - agreements: the service.
    ///   - reportFault: called with an error that only the log may know.
    package init(
        requestID: String, viewer: Viewer?, agreements: AgreementService,
        reportFault: @escaping @Sendable (any Error) -> Void
    ) {
        self.requestID = requestID
        self.viewer = viewer
        self.agreements = agreements
        self.reportFault = reportFault
    }

    /// Who asks.
    ///
    /// - Throws: `AccordError.unauthenticated` without an access token.
    func requireViewer() throws(AccordError) -> Viewer {
        guard let viewer else { throw .unauthenticated }
        return viewer
    }
}
