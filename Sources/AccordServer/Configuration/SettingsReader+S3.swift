import Curl
import FoundationEssentials
import S3

extension SettingsReader {
    /// The settings of the S3 storage; nil, with every problem noted, when they can't be used.
    mutating func s3() -> S3Configuration? {
        let accessKeyID = required("AWS_ACCESS_KEY_ID", "the access key of the S3 storage")
        let secretAccessKey = required("AWS_SECRET_ACCESS_KEY", "the secret key of the S3 storage")
        let endpoint = text("AWS_ENDPOINT_URL") ?? "https://nyc3.digitaloceanspaces.com"
        let publicEndpoint = text("S3_PUBLIC_URL")
        let bucket = text("AWS_BUCKET_NAME") ?? "flowrms-connect"
        let region = text("AWS_DEFAULT_REGION") ?? "nyc3"
        let addressing: AddressingStyle = choice("AWS_S3_ADDRESSING_STYLE", default: .path)
        let sessionToken = text("AWS_SESSION_TOKEN")
        let expiration = text("AWS_CREDENTIAL_EXPIRATION").flatMap { moment("AWS_CREDENTIAL_EXPIRATION", $0) }
        let timeouts = CurlTimeouts(
            connect: .seconds(integer("ACCORD_STORAGE_CONNECT_SECONDS", default: 5, in: 1...60)),
            stall: .seconds(integer("ACCORD_STORAGE_STALL_SECONDS", default: 20, in: 1...600)),
            total: .seconds(integer("ACCORD_STORAGE_SECONDS", default: 300, in: 1...3_600)))
        let multipartThreshold = numberOrOff("ACCORD_S3_MULTIPART_BYTES", default: 16 << 20)
        let encryption = encryption()
        let storesConditionally = boolean("ACCORD_S3_IF_NONE_MATCH", default: false)
        guard !accessKeyID.isEmpty, !secretAccessKey.isEmpty else { return nil }
        return parsed("The S3 storage (AWS_…, S3_PUBLIC_URL)") {
            var configuration = try S3Configuration(
                endpoint: endpoint, publicEndpoint: publicEndpoint, bucket: bucket, region: region,
                credentials: AWSCredentials(
                    accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: sessionToken,
                    expiration: expiration),
                addressing: addressing == .path ? .path : .virtualHost, timeouts: timeouts)
            configuration.multipartThreshold = multipartThreshold
            configuration.encryption = encryption
            configuration.storesConditionally = storesConditionally
            return configuration
        }
    }

    /// As boto3 and the AWS command line spell it.
    private enum AddressingStyle: String, CaseIterable { case path, virtual }

    /// As the header `x-amz-server-side-encryption` spells it, in lower case.
    private enum Encryption: String, CaseIterable {
        case off, aes256
        case kms = "aws:kms"
    }

    private mutating func encryption() -> ServerSideEncryption? {
        let encryption: Encryption = choice("ACCORD_S3_ENCRYPTION", default: .off)
        let keyID = text("ACCORD_S3_ENCRYPTION_KEY")
        if keyID != nil, encryption != .kms {
            report("ACCORD_S3_ENCRYPTION_KEY is for ACCORD_S3_ENCRYPTION=aws:kms.")
        }
        return switch encryption {
        case .off: nil
        case .aes256: .aes256
        case .kms: .kms(keyID: keyID)
        }
    }

    /// A moment after RFC 3339, with fractions of a second or without.
    private mutating func moment(_ name: String, _ text: String) -> Date? {
        let styles = [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)]
        if let date = styles.lazy.compactMap({ try? $0.parse(text) }).first { return date }
        report("\(name) must be a moment such as 2026-01-31T09:30:00Z, not \"\(text)\".")
        return nil
    }
}
