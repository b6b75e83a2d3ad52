import AccordServer
import Curl
import Foundation
import GraphQLHTTP
import S3
import TestSupport
import Testing

/// Settings that are missing or malformed: all of them are named at once.
struct ServerConfigurationTests {
    private static let complete = [
        "ACCORD_DATABASE_URL": "postgresql://app:secret@db.example/accord",
        "ACCORD_JWKS_URL": "https://id.example/jwks", "AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret",
    ]

    private func problems(_ settings: [String: String]) -> [String] {
        do {
            _ = try ServerConfiguration(settings: settings)
            return []
        } catch {
            return (error as? ConfigurationErrors)?.problems ?? ["\(error)"]
        }
    }

    @Test func `four settings are enough, the rest has its defaults`() throws {
        let configuration = try ServerConfiguration(settings: Self.complete)
        #expect(configuration.host == "127.0.0.1")
        #expect(configuration.port == 8080)
        #expect(configuration.databaseConnections == 20)
        #expect(configuration.maximumFileBytes == 52_428_800)
        #expect(configuration.linkLifetime == .seconds(3_600))
        #expect(configuration.allowsIntrospection == false)
        #expect(configuration.playgroundSettings == nil)
    }

    @Test func `everything that is missing is named at once`() {
        #expect(
            problems([:]) == [
                "ACCORD_DATABASE_URL is missing: the URL of the central database.",
                "ACCORD_JWKS_URL or ACCORD_JWKS_FILE is missing: the keys that tokens are verified against.",
                "AWS_ACCESS_KEY_ID is missing: the access key of the S3 storage.",
                "AWS_SECRET_ACCESS_KEY is missing: the secret key of the S3 storage.",
            ])
        #expect(
            problems(["ACCORD_STORAGE": "directory"]) == [
                "ACCORD_DATABASE_URL is missing: the URL of the central database.",
                "ACCORD_JWKS_URL or ACCORD_JWKS_FILE is missing: the keys that tokens are verified against.",
                "ACCORD_STORAGE_DIRECTORY is missing: the folder of the directory storage.",
                "ACCORD_STORAGE_SECRET is missing: what the links of the directory storage are signed with.",
            ])
    }

    @Test func `everything that is malformed is named at once, without the password`() {
        let malformed = Self.complete.merging([
            "ACCORD_ENV": "staging", "ACCORD_PORT": "eighty", "ACCORD_PUBLIC_URL": "accord.example",
            "ACCORD_DATABASE_URL": "mysql://app:secret@db.example/accord", "ACCORD_DATABASE_CONNECTIONS": "1",
            "ACCORD_JWKS_FILE": "keys.json", "ACCORD_STORAGE": "floppy", "ACCORD_MAX_FILE_BYTES": "0",
            "ACCORD_LINK_SECONDS": "86401", "ACCORD_INTROSPECTION": "maybe", "ACCORD_LOG_LEVEL": "loud",
        ]) { $1 }
        #expect(
            problems(malformed) == [
                "ACCORD_ENV must be one of development, production, not \"staging\".",
                "ACCORD_PORT must be a whole number from 0 to 65535, not \"eighty\".",
                "ACCORD_PUBLIC_URL must begin with http:// or https://, not \"accord.example\".",
                "ACCORD_DATABASE_URL can't be used: not a usable database URL: it doesn't begin with postgresql://",
                "ACCORD_DATABASE_CONNECTIONS must be a whole number from 2 to 10000, not \"1\".",
                "Set ACCORD_JWKS_URL or ACCORD_JWKS_FILE, not both.",
                "ACCORD_STORAGE must be one of s3, directory, not \"floppy\".",
                "ACCORD_MAX_FILE_BYTES must be a whole number from 1 to 2147483647, not \"0\".",
                "ACCORD_LINK_SECONDS must be a whole number from 1 to 86400, not \"86401\".",
                "ACCORD_INTROSPECTION must be true or false, not \"maybe\".",
                "ACCORD_LOG_LEVEL must be one of trace, debug, info, notice, warning, error, critical, not \"loud\".",
            ])
    }

    @Test(arguments: [("production", 6_000, 60_000), ("development", nil, nil)] as [(String, Int?, Int?)])
    func `requests are limited by default, and rates in production only`(
        _ environment: String, _ perUser: Int?, _ perTenant: Int?
    ) throws {
        let configuration = try ServerConfiguration(
            settings: Self.complete.merging(["ACCORD_ENV": environment]) { $1 })
        #expect(configuration.userRequestsPerMinute == perUser)
        #expect(configuration.tenantRequestsPerMinute == perTenant)
        let http = configuration.http
        #expect(http.maximumJSONBytes == 1_048_576)
        #expect(http.maximumVariablesBytes == 262_144)
        #expect(http.maximumJSONDepth == 128)
        #expect(http.maximumFiles == 10)
        #expect(http.maximumParts == 26)
        #expect(http.maximumFieldBytes == 131_072)
        #expect(http.maximumBatch == nil)
        #expect(http.maximumRequestsInFlight == 500)
        #expect(http.bodyTime == .seconds(30))
        #expect(http.executionTime == .seconds(60))
        #expect(http.uploadTime == .seconds(600))
    }

    @Test func `limits of requests are set, or switched off, by their settings`() throws {
        let numbers = [
            "ACCORD_MAX_VARIABLES_BYTES": "2", "ACCORD_MAX_BATCH": "4", "ACCORD_MAX_REQUESTS_IN_FLIGHT": "5",
            "ACCORD_BODY_SECONDS": "6", "ACCORD_EXECUTION_SECONDS": "7", "ACCORD_UPLOAD_SECONDS": "8",
            "ACCORD_USER_REQUESTS_PER_MINUTE": "9", "ACCORD_TENANT_REQUESTS_PER_MINUTE": "10",
        ]
        let whole = [
            "ACCORD_MAX_BODY_BYTES": "1", "ACCORD_MAX_FILES": "3", "ACCORD_MAX_JSON_DEPTH": "11",
            "ACCORD_MAX_PARTS": "12", "ACCORD_MAX_FIELD_BYTES": "13",
        ]
        let set = try ServerConfiguration(settings: Self.complete.merging(numbers) { $1 }.merging(whole) { $1 })
        #expect(set.http.maximumJSONBytes == 1)
        #expect(set.http.maximumVariablesBytes == 2)
        #expect(set.http.maximumJSONDepth == 11)
        #expect(set.http.maximumFiles == 3)
        #expect(set.http.maximumParts == 12)
        #expect(set.http.maximumFieldBytes == 13)
        #expect(set.http.maximumBatch == 4)
        #expect(set.http.maximumRequestsInFlight == 5)
        #expect(set.http.bodyTime == .seconds(6))
        #expect(set.http.executionTime == .seconds(7))
        #expect(set.http.uploadTime == .seconds(8))
        #expect(set.userRequestsPerMinute == 9)
        #expect(set.tenantRequestsPerMinute == 10)

        let off = try ServerConfiguration(
            settings: Self.complete.merging(numbers.mapValues { _ in "off" }) { $1 })
        #expect(off.http.maximumVariablesBytes == nil)
        #expect(off.http.maximumBatch == nil)
        #expect(off.http.maximumRequestsInFlight == nil)
        #expect(off.http.bodyTime == nil)
        #expect(off.http.executionTime == nil)
        #expect(off.http.uploadTime == nil)
        #expect(off.userRequestsPerMinute == nil)
        #expect(off.tenantRequestsPerMinute == nil)

        for name in numbers.keys {
            #expect(
                problems(Self.complete.merging([name: "0"]) { $1 }) == [
                    "\(name) must be a whole number of at least 1, or off, not \"0\"."
                ])
        }
    }

    @Test func `keys that can't be read stop the start`() async throws {
        let settings = Self.complete.filter { $0.key != "ACCORD_JWKS_URL" }
            .merging(["ACCORD_JWKS_FILE": "/nonexistent/jwks.json"]) { $1 }
        let configuration = try ServerConfiguration(settings: settings)
        let error = await #expect(throws: (any Error).self) {
            try await AccordServer(configuration, logger: .quiet)
        }
        #expect(error.map { "\($0)".contains("/nonexistent/jwks.json") } == true)
    }
}

/// How the bucket is spoken to.
@Suite struct StorageSettingTests {
    private static let bucket = [
        "ACCORD_DATABASE_URL": "postgresql://app@db.example/accord", "ACCORD_JWKS_FILE": "keys.json",
        "AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret",
    ]

    private func bucket(_ settings: [String: String]) throws -> S3Configuration {
        let configuration = try ServerConfiguration(settings: Self.bucket.merging(settings) { $1 })
        guard case .s3(let bucket) = configuration.storage else { throw NoBucket() }
        return bucket
    }

    private struct NoBucket: Error {}

    @Test func `defaults`() throws {
        let bucket = try bucket([:])
        #expect(bucket.timeouts.connect == .seconds(5))
        #expect(bucket.timeouts.stall == .seconds(20))
        #expect(bucket.timeouts.total == .seconds(300))
        #expect(bucket.multipartThreshold == 16_777_216)
        #expect(bucket.encryption == nil)
        #expect(!bucket.storesConditionally)
        #expect(bucket.credentials.expiration == nil)
    }

    @Test func `everything is set by its setting`() throws {
        let bucket = try bucket([
            "ACCORD_STORAGE_CONNECT_SECONDS": "1", "ACCORD_STORAGE_STALL_SECONDS": "2", "ACCORD_STORAGE_SECONDS": "3",
            "ACCORD_S3_MULTIPART_BYTES": "off", "ACCORD_S3_ENCRYPTION": "AES256", "ACCORD_S3_IF_NONE_MATCH": "true",
        ])
        #expect(bucket.timeouts.connect == .seconds(1))
        #expect(bucket.timeouts.stall == .seconds(2))
        #expect(bucket.timeouts.total == .seconds(3))
        #expect(bucket.multipartThreshold == nil)
        #expect(bucket.encryption == .aes256)
        #expect(bucket.storesConditionally)
        let kms = try self.bucket(["ACCORD_S3_ENCRYPTION": "aws:kms", "ACCORD_S3_ENCRYPTION_KEY": "k"])
        #expect(kms.encryption == .kms(keyID: "k"))
    }

    @Test(
        arguments: [
            ("2027-01-15T08:00:00Z", 1_800_000_000), ("2027-01-15T09:00:00+01:00", 1_800_000_000),
            ("2027-01-15T08:00:00.5Z", 1_800_000_000.5),
        ])
    func `the end of credentials is a moment`(_ text: String, _ seconds: Double) throws {
        let expiration = try bucket(["AWS_CREDENTIAL_EXPIRATION": text]).credentials.expiration
        #expect(expiration?.timeIntervalSince1970 == seconds)
    }

    @Test(
        arguments: [
            ["AWS_CREDENTIAL_EXPIRATION": "tomorrow"], ["ACCORD_S3_ENCRYPTION_KEY": "k"],
            ["ACCORD_S3_ENCRYPTION": "rot13"], ["ACCORD_S3_MULTIPART_BYTES": "0"], ["ACCORD_STORAGE_SECONDS": "0"],
            ["ACCORD_RECOVERY_WATCH_SECONDS": "299"],
        ])
    func `what can't be used is named`(_ settings: [String: String]) {
        #expect {
            try bucket(settings)
        } throws: { error in
            (error as? ConfigurationErrors)?.problems.contains { $0.contains(settings.keys.first ?? "") } == true
        }
    }
}
