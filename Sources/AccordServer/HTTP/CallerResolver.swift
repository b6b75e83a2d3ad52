import AccordAPI
package import AccordCore
import GraphQL
import GraphQLHTTP
import HTTPTypes
import Identity
import Logging

/// What a request's context is made of beyond what lives as long as the server.
package struct IncomingRequest: Sendable {
    /// The request's id.
    package let id: String
    /// Nil without an access token.
    package let viewer: Viewer?
}

/// Finds out who asks, and says who may do what.
struct CallerResolver: Sendable {
    let verifier: AccessTokenVerifier
    let viewers: ViewerResolver
    let rates: RateLimits
    let tokensRefused: CounterSet<TokenRefusal>
    let audit: AuditRecorder
    let logger: Logger

    /// The answers that the transport asks for.
    func policy(
        allowsIntrospection: Bool, makeContext: @escaping @Sendable (IncomingRequest) -> APIContext
    ) -> CallerPolicy<APIContext> {
        CallerPolicy(
            makeContext: { head, requestID in
                do throws(HTTPRefusal) {
                    let viewer = try await viewer(head)
                    return .success(makeContext(IncomingRequest(id: requestID, viewer: viewer)))
                } catch {
                    return .failure(error)
                }
            },
            refuseUpload: { context in
                guard let viewer = context.viewer else { return HTTPRefusal(.unauthenticated) }
                return viewer.role < .member ? HTTPRefusal(.forbidden) : nil
            },
            refuseOperation: { operation, context in
                if !allowsIntrospection, operation.selectsSchema {
                    return HTTPRefusal(.badUserInput("This server doesn't answer introspection (__schema, __type)."))
                }
                // What the schema looks like is no secret where introspection is allowed; all else is.
                return context.viewer == nil && !operation.isIntrospection ? HTTPRefusal(.unauthenticated) : nil
            },
            keepsDocuments: { $0.viewer != nil },
            hasChanged: { $0.hasChanged },
            refuseFurther: { count, head in
                do throws(HTTPRefusal) {
                    return try await claims(head).flatMap { rates.refuseFurther(count, of: $0) }
                } catch {
                    return error
                }
            },
            refuseAnswer: { [audit] in
                guard let trail = RequestRecord.current?.audit else { return nil }
                do throws(AccordError) {
                    try await audit.record(trail)
                    return nil
                } catch {
                    return HTTPRefusal(error)
                }
            })
    }

    /// Who sent the request; nil when it carries no token. Counts the request.
    func viewer(_ head: HTTPRequest) async throws(HTTPRefusal) -> Viewer? {
        guard let claims = try await claims(head) else { return nil }
        if let refusal = rates.refuse(1, of: claims) { throw refusal }
        do throws(AccordError) {
            let viewer = try await viewers.viewer(
                organization: TokenOrganization(claims.organization), subject: claims.subject, roleClaim: claims.role,
                trail: RequestRecord.current?.audit ?? AuditTrail())
            RequestRecord.current?.note(tenant: viewer.tenant.url)
            return viewer
        } catch {
            throw HTTPRefusal(error)
        }
    }

    /// What the request's token says; nil when it carries none.
    private func claims(_ head: HTTPRequest) async throws(HTTPRefusal) -> AccessTokenClaims? {
        guard let authorization = head.headerFields.value(of: .authorization) else { return nil }
        guard let token = Self.bearerToken(in: authorization) else {
            tokensRefused.count(.notBearer)
            throw HTTPRefusal(.unauthenticated, isTokenBad: true)
        }
        do throws(IdentityError) {
            return try await verifier.verify(token)
        } catch {
            tokensRefused.count(TokenRefusal(error))
            if case .keysUnavailable(let cause) = error {
                logger.error("Tokens can't be verified: there are no keys", metadata: ["cause": "\(cause)"])
                throw HTTPRefusal(.internalError)
            }
            logger.info("A token was refused", metadata: ["cause": "\(error)"])
            throw HTTPRefusal(.unauthenticated, isTokenBad: true)
        }
    }

    /// The token of an `Authorization` header. Spec: RFC 6750 §2.1
    private static func bearerToken(in authorization: String) -> String? {
        guard let space = authorization.utf8.firstIndex(of: UInt8(ascii: " ")),
            authorization[..<space].lowercased() == "bearer"
        else { return nil }
        return String(Substring(authorization.utf8[space...].drop { $0 == UInt8(ascii: " ") }))
    }
}
