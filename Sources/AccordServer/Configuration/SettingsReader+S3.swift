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
        guard !accessKeyID.isEmpty, !secretAccessKey.isEmpty else { return nil }
        return parsed("The S3 storage (AWS_…, S3_PUBLIC_URL)") {
            try S3Configuration(
                endpoint: endpoint, publicEndpoint: publicEndpoint, bucket: bucket, region: region,
                credentials: AWSCredentials(
                    accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: sessionToken),
                addressing: addressing == .path ? .path : .virtualHost)
        }
    }

    /// As boto3 and the AWS command line spell it.
    private enum AddressingStyle: String, CaseIterable { case path, virtual }
}
