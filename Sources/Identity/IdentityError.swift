/// Why a bearer token was not accepted, or why none can be judged at present.
///
/// No case carries the token, a key or a claim's value, so each may be logged. A client is told only that it is
/// not signed in.
package enum IdentityError: Error, Hashable, Sendable {
    /// Not a signed token in compact form, larger than the limit, or with a claim of the wrong JSON type.
    /// Spec: RFC 7515 §7.1
    case malformed
    /// The token names an algorithm other than RS256 and ES256, or not the one its key is for. The name is cut to
    /// sixteen letters and digits, since nobody vouches for it. Spec: RFC 8725 §3.1
    case algorithmRefused(String)
    /// No key of the set has the token's `kid`; or it has none, and the set has not exactly one key to try.
    case unknownKey
    /// The key's owner did not sign these bytes.
    case badSignature
    /// `exp` has passed by more than the leeway. Spec: RFC 7519 §4.1.4
    case expired
    /// `nbf` or `iat` lies in the future by more than the leeway. Spec: RFC 7519 §4.1.5, §4.1.6
    case notYetValid
    /// `iss` is none of the issuers configured. Spec: RFC 7519 §4.1.1
    case wrongIssuer
    /// `aud` names none of the audiences configured. Spec: RFC 7519 §4.1.3
    case wrongAudience
    /// The claim of this name is absent or empty and can't be done without.
    case missingClaim(String)
    /// The keys could not be fetched, read or understood: the token could be good, but that can't be known now.
    /// The text is for the operator and never for a client.
    case keysUnavailable(String)
}
