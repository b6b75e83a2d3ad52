/// What a signature is valid for besides the request: a day, a region, a service.
struct CredentialScope: Hashable, Sendable {
    let day: String
    let region: String

    /// `20130524/us-east-1/s3/aws4_request`
    var text: String { "\(day)/\(region)/\(Self.service)/\(Self.terminator)" }

    static let service = "s3"
    static let terminator = "aws4_request"
}

/// The text whose HMAC is the signature.
///
/// AWS Signature Version 4: Create a string to sign
struct StringToSign {
    static let algorithm = "AWS4-HMAC-SHA256"

    let text: String

    init(_ request: CanonicalRequest, at time: SigningTime, in scope: CredentialScope) {
        text = "\(Self.algorithm)\n\(time.timestamp)\n\(scope.text)\n\(request.hash)"
    }
}
