import Testing

@testable import S3

@Suite struct S3ConfigurationTests {
    @Test(
        arguments: [
            ("https://nyc3.digitaloceanspaces.com", .path, "https://nyc3.digitaloceanspaces.com/b/k%20%C3%BC/1", "/b"),
            (
                "https://nyc3.digitaloceanspaces.com/", .virtualHost,
                "https://b.nyc3.digitaloceanspaces.com/k%20%C3%BC/1", "/"
            ),
            ("http://127.0.0.1:9000", .path, "http://127.0.0.1:9000/b/k%20%C3%BC/1", "/b"),
            ("http://[::1]:9000", .path, "http://[::1]:9000/b/k%20%C3%BC/1", "/b"),
            ("HTTPS://S3.Example.COM:443", .path, "https://s3.example.com/b/k%20%C3%BC/1", "/b"),
            ("http://s3.example.com:80", .virtualHost, "http://b.s3.example.com/k%20%C3%BC/1", "/"),
            ("http://s3.example.com:443", .path, "http://s3.example.com:443/b/k%20%C3%BC/1", "/b"),
            (
                "https://x.example/storage/v1/s3/", .path, "https://x.example/storage/v1/s3/b/k%20%C3%BC/1",
                "/storage/v1/s3/b"
            ),
        ] as [(String, S3Configuration.Addressing, String, String)])
    func `a key is found below its bucket, and its bucket below the endpoint`(
        endpoint: String,
        addressing: S3Configuration.Addressing,
        url: String,
        bucketPath: String
    ) throws {
        let address = BucketAddress(try S3Endpoint(endpoint), bucket: "b", addressing)
        #expect(address.origin + address.path(of: "k ü/1") == url)
        #expect(address.bucketPath == bucketPath)
        #expect(address.origin.hasSuffix("//" + address.host))
    }

    @Test(arguments: [
        "", "nyc3.digitaloceanspaces.com", "ftp://host", "https://", "https:///path", "https://user@host",
        "https://h?q",
        "https://h#f", "https://h o", "https://hö",
    ])
    func `an endpoint that isn't one is refused`(endpoint: String) {
        #expect {
            try S3Endpoint(endpoint)
        } throws: { error in
            if case S3Error.invalidConfiguration = error { true } else { false }
        }
    }

    @Test(arguments: [
        ("", "r", "i", "s"), ("a/b", "r", "i", "s"), ("b", "", "i", "s"), ("b", "r", "", "s"), ("b", "r", "i", ""),
    ])
    func `an empty or impossible setting is refused`(bucket: String, region: String, id: String, secret: String) {
        #expect {
            try S3Configuration(
                endpoint: "https://host",
                bucket: bucket,
                region: region,
                credentials: AWSCredentials(accessKeyID: id, secretAccessKey: secret)
            )
        } throws: { error in
            if case S3Error.invalidConfiguration = error { true } else { false }
        }
    }

    @Test func `credentials don't show their secrets`() {
        let credentials = AWSCredentials(accessKeyID: "id", secretAccessKey: "hidden", sessionToken: "hidden, too")
        #expect("\(credentials) \(String(reflecting: credentials))" == "AWSCredentials(id) AWSCredentials(id)")
    }

    @Test(
        arguments: [
            (
                "<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code><Message>It&apos;s &lt;gone&gt; &amp; lost</Message></Error>",
                "NoSuchKey", "It's <gone> & lost"
            ),
            ("<Error><Code>A&amp;lt;</Code></Error>", "A&lt;", nil),
            ("<Error><Code></Code><Message>m", "", nil),
            ("{\"Code\": \"json\"}", nil, nil),
            ("", nil, nil),
            ("<Code>cut", nil, nil),
            ("</Code><Code>x</Code>", "x", nil),
        ] as [(String, String?, String?)])
    func `code and message are read from an error document`(xml: String, code: String?, message: String?) {
        let document = ErrorDocument(Array(xml.utf8))
        #expect(document.text(of: "Code") == code)
        #expect(document.text(of: "Message") == message)
    }
}
