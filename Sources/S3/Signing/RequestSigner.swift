import FoundationEssentials
internal import Synchronization

/// Signs for one account in one region, by header or by query.
///
/// Deriving a key takes four times the work of a signature, so the latest one is kept; it changes at midnight UTC.
final class RequestSigner: Sendable {
    let credentials: AWSCredentials
    private let region: String
    private let latestKey = Mutex<(scope: CredentialScope, key: SigningKey)?>(nil)
    private let latestPresigner = Mutex<(second: Int64, expiresIn: Int64, presigner: URLPresigner)?>(nil)

    init(credentials: AWSCredentials, region: String) {
        self.credentials = credentials
        self.region = region
    }

    /// `20130524/us-east-1/s3/aws4_request`, for the day of that time.
    func scope(at time: SigningTime) -> CredentialScope {
        CredentialScope(day: time.day, region: region)
    }

    /// In lower-case hexadecimal.
    func signature(of request: CanonicalRequest, at time: SigningTime) -> String {
        let scope = scope(at: time)
        return key(for: scope).signature(of: StringToSign(request, at: time, in: scope))
    }

    /// The value of the `Authorization` header.
    func authorization(for request: CanonicalRequest, at time: SigningTime) -> String {
        "\(StringToSign.algorithm) Credential=\(credentials.accessKeyID)/\(scope(at: time).text), "
            + "SignedHeaders=\(request.signedHeaders), Signature=\(signature(of: request, at: time))"
    }

    /// The key of a day, made or kept.
    func key(for scope: CredentialScope) -> SigningKey {
        latestKey.withLock { latest in
            if let latest, latest.scope == scope { return latest.key }
            let key = SigningKey(secretAccessKey: credentials.secretAccessKey, scope: scope)
            latest = (scope, key)
            return key
        }
    }

    /// What signs the URLs of a second and a validity. The latest is kept, which the URLs of a response share, and those
    /// of all responses in its second.
    func presigner(_ address: BucketAddress, expiresIn: Int64, at time: Date) -> URLPresigner {
        let second = Int64(time.timeIntervalSince1970.rounded(.down))
        return latestPresigner.withLock { latest in
            if let latest, latest.second == second, latest.expiresIn == expiresIn { return latest.presigner }
            let presigner = URLPresigner(address, self, expiresIn: expiresIn, at: SigningTime(time))
            latest = (second, expiresIn, presigner)
            return presigner
        }
    }
}
