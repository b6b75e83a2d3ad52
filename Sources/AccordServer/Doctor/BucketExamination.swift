import Curl
import FoundationEssentials
import S3

/// Stores an object of its own in the bucket, reads it as a client and as a stranger would, and removes it, come what may.
struct BucketExamination: Sendable {
    private let configuration: S3Configuration
    private let http: CurlClient
    private let client: S3Client
    /// No tenant's: theirs have four components.
    private let key = ".accord-doctor-\(UUID().uuidString)"
    private let content = Array("%PDF-1.4 accord doctor".utf8)

    /// Of each of the three steps, so that the last one is made before the examination's time is over.
    private static let patience = Duration.milliseconds(1_300)

    init(_ configuration: S3Configuration, _ http: CurlClient) {
        var configuration = configuration
        configuration.timeouts = CurlTimeouts(total: Self.patience)
        self.configuration = configuration
        self.http = http
        client = S3Client(configuration: configuration, http: http)
    }

    func run() async -> StorageExamination {
        async let clock = readClock()
        do throws(S3Error) {
            try await client.putObject(
                key: key, chunks: chunks, length: content.count, sha256: PayloadHash.of(content),
                contentType: "application/pdf")
        } catch {
            // Where the answer got lost, the object may be there.
            if case .refused(400..<500, _, _) = error {} else { _ = await remove() }
            let clocks = await clock
            return StorageExamination(storage: refused(error, clocks), bucket: notStored, clocks: clocks)
        }
        async let download = download()
        async let strangers = readAsStranger()
        var findings = [await download].compactMap(\.self)
        let open = await strangers
        if let finding = await remove() { findings.append(finding) }
        return StorageExamination(
            storage: CheckResult(
                .storage, findings,
                passed: "an object was stored in \(configuration.bucket), downloaded by its link and removed"),
            bucket: CheckResult(.bucket, open, passed: "nothing can be read or listed without a signature"),
            clocks: await clock)
    }

    private var chunks: AsyncThrowingStream<[UInt8], any Error> {
        AsyncThrowingStream { [content] channel in
            channel.yield(content)
            channel.finish()
        }
    }

    private var notStored: CheckResult { CheckResult(.bucket, .notChecked(since: "nothing could be stored in it")) }

    // MARK: - The round trip

    /// Downloads by a link, as a client does.
    private func download() async -> Finding? {
        let url = client.presignedGetURL(
            key: key, fileName: "doctor.pdf", contentType: "application/pdf", expiresIn: .seconds(60))
        let host = WebAddress(url)?.host ?? ""
        let problem: String
        do throws(CurlError) {
            let response = try await http.perform(request(url))
            if response.status == 200, response.body == content { return nil }
            problem =
                response.status == 200
                ? "\(host) answers with something else than the file"
                : "\(host) answers with \(S3Error(refusal: response).reason)"
        } catch {
            problem = error.reason
        }
        return Finding(
            .storage, "A file that was stored can't be downloaded by its link: \(problem)",
            why: "Links of agreements lead there: nobody can download one.",
            remedy: configuration.hasPublicEndpoint
                ? "Correct S3_PUBLIC_URL: it must lead to the store of AWS_ENDPOINT_URL, its Host header unchanged."
                : "Allow s3:GetObject to AWS_ACCESS_KEY_ID, or set S3_PUBLIC_URL to the address that clients reach.")
    }

    private func remove() async -> Finding? {
        do throws(S3Error) {
            try await client.deleteObject(key: key)
            return nil
        } catch {
            return Finding(
                .storage, "The object \(key) of this check can't be removed: \(error.reason)",
                why: "Agreements that are deleted or replaced stay in the bucket.",
                remedy: "Allow s3:DeleteObject on \(configuration.bucket) to AWS_ACCESS_KEY_ID, and remove the object.")
        }
    }

    // MARK: - Strangers

    /// Asks without a signature: at the store's own address, and at the one that clients know.
    private func readAsStranger() async -> [Finding] {
        var findings: [Finding] = []
        for address in Set([configuration.unsignedURL(of:), configuration.publicUnsignedURL(of:)].map { $0("") })
            .sorted()
        {
            async let object = try? http.perform(request(address + key))
            async let list = try? http.perform(request(address))
            var open: [String] = []
            if let object = await object, object.status == 200, object.body == content { open.append("read") }
            if let list = await list, list.status == 200,
                String(decoding: list.body, as: UTF8.self).contains("ListBucketResult")
            {
                open.append("listed")
            }
            guard !open.isEmpty else { continue }
            findings.append(
                Finding(
                    .bucket,
                    "The bucket \(configuration.bucket) can be \(open.joined(separator: " and ")) without a signature, at \(address)",
                    why: "Whoever knows or guesses a key downloads any tenant's agreement, without signing in.",
                    remedy: """
                        Run: aws s3api put-bucket-acl --bucket \(configuration.bucket) --acl private, and delete a bucket \
                        policy (AWS_BUCKET_NAME, AWS_ENDPOINT_URL) that lets everyone in.
                        """))
        }
        return findings
    }

    private func readClock() async -> [ClockReading] {
        let start = Date()
        guard let response = try? await http.perform(request(configuration.unsignedURL(of: ""))),
            let reading = ClockReading(response, of: "the store", askedAt: start)
        else { return [] }
        return [reading]
    }

    private func request(_ url: String) -> CurlRequest {
        CurlRequest(url: url, timeouts: CurlTimeouts(total: Self.patience), maximumResponseBytes: 4 << 20)
    }

    // MARK: - Refusals

    private func refused(_ error: S3Error, _ clocks: [ClockReading]) -> CheckResult {
        if case .refused(_, "RequestTimeTooSkewed", _) = error, !ClockCheck(readings: clocks).run().hasPassed {
            return CheckResult(.storage, .notChecked(since: "this machine's clock and the store's are apart"))
        }
        return CheckResult(
            .storage,
            .found([
                Finding(
                    .storage, "Nothing can be stored in the bucket \(configuration.bucket): \(error.reason)",
                    why: "Uploads fail, and links lead nowhere.", remedy: remedy(error))
            ]))
    }

    private func remedy(_ error: S3Error) -> String {
        guard case .refused(let status, let code, _) = error else {
            return "Correct AWS_ENDPOINT_URL, or open the way to the store (firewall, proxy)."
        }
        return switch code {
        case "NoSuchBucket": "Make the bucket \(configuration.bucket), or correct AWS_BUCKET_NAME."
        case "InvalidAccessKeyId": "Correct AWS_ACCESS_KEY_ID."
        case "SignatureDoesNotMatch": "Correct AWS_SECRET_ACCESS_KEY, or AWS_DEFAULT_REGION."
        case "AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException":
            "Correct AWS_DEFAULT_REGION, or AWS_ENDPOINT_URL."
        case "ExpiredToken", "InvalidToken": "Renew AWS_SESSION_TOKEN, with its key and secret."
        case "RequestTimeTooSkewed": "Run: timedatectl set-ntp true"
        case "QuotaExceeded", "InsufficientStorage": "Make room in the store, or raise its quota."
        case _ where status == 404: "Correct AWS_BUCKET_NAME, or AWS_S3_ADDRESSING_STYLE."
        case _ where status == 401 || status == 403:
            "Allow s3:PutObject on \(configuration.bucket) to AWS_ACCESS_KEY_ID, or correct AWS_SECRET_ACCESS_KEY."
        case _ where status >= 500: "See the store's own log: AWS_ENDPOINT_URL leads to it."
        default: "Correct AWS_ENDPOINT_URL: what answers there is no S3 store."
        }
    }
}

extension S3Error {
    /// For an operator.
    var reason: String {
        switch self {
        case .refused(let status, let code, let message):
            [code, message, "status \(status)"].filter { !$0.isEmpty }.joined(separator: ", ")
        case .unreachable(let text), .invalidRequest(let text), .invalidConfiguration(let text): text
        case .objectTooLarge: "the answer is too large"
        case .bodyFailed(let error): "\(error)"
        case .cancelled: "there was no answer in time"
        }
    }
}
