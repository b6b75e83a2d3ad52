import Identity

/// Why a token was not accepted, without what came with it: a label for metrics.
enum TokenRefusal: String, CaseIterable {
    /// The header is none of a bearer token.
    case notBearer = "not_bearer"
    case malformed
    case algorithmRefused = "algorithm_refused"
    case unknownKey = "unknown_key"
    case badSignature = "bad_signature"
    case expired
    case notYetValid = "not_yet_valid"
    case wrongIssuer = "wrong_issuer"
    case wrongAudience = "wrong_audience"
    case missingClaim = "missing_claim"
    case keysUnavailable = "keys_unavailable"

    init(_ error: IdentityError) {
        self =
            switch error {
            case .malformed: .malformed
            case .algorithmRefused: .algorithmRefused
            case .unknownKey: .unknownKey
            case .badSignature: .badSignature
            case .expired: .expired
            case .notYetValid: .notYetValid
            case .wrongIssuer: .wrongIssuer
            case .wrongAudience: .wrongAudience
            case .missingClaim: .missingClaim
            case .keysUnavailable: .keysUnavailable
            }
    }
}
