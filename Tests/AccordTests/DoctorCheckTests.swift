import Curl
import Foundation
import Testing

@testable import AccordServer

/// What checks make of values, without asking anybody.
struct DoctorCheckTests {
    @Test(arguments: [
        ("https://api.workos.com/sso/jwks/client_01A", "https://api.workos.com/user_management/client_01B", true),
        ("https://api.workos.com/sso/jwks/client_01A", "https://auth.acme.invalid/user_management/client_01B", true),
        ("https://api.workos.com/sso/jwks/client_01A", "http://api.workos.com", true),
        ("https://127.0.0.1/jwks", "http://127.0.0.1:9", false),
        ("https://id.acme.invalid/jwks", "https://login.acme.invalid", false),
        ("https://id.acme.invalid/jwks", "https://login.other.invalid", true),
        ("https://10.0.0.1/jwks", "https://10.0.0.2", true),
    ])
    func `keys and issuer belong together`(_ keys: String, _ issuer: String, _ isFound: Bool) async {
        let http = CurlClient()
        let result = await IssuerCheck(keys: .url(keys), issuers: [issuer], http: http).run()
        #expect(result.hasPassed == !isFound)
    }

    @Test func `all settings of the documentation are known, and no others`() throws {
        let page = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(
                path: "../../docs/configuration.md"), encoding: .utf8)
        let names = page.matches(of: #/\b(?:ACCORD|AWS|S3)_[A-Z0-9_]*[A-Z0-9]\b/#).map { String($0.0) }
        #expect(Set(names) == Set(SettingNames.all))
    }

    @Test(arguments: [
        ("ACCORD_DATABSE_URL", "ACCORD_DATABASE_URL"), ("accord_port", "ACCORD_PORT"), ("ACORD_HOST", "ACCORD_HOST"),
        ("AWS_BUCKT_NAME", "AWS_BUCKET_NAME"), ("S3_PUBLIC_URI", "S3_PUBLIC_URL"), ("ACCORD_NONSENSE", nil),
    ])
    func `a misspelt setting is recognized`(_ name: String, _ meant: String?) {
        #expect(SettingNames.strangers(among: ["PATH", name]) == [SettingNames.Stranger(name: name, meant: meant)])
    }

    @Test func `what others are told by is none of ours`() {
        let names = ["AWS_PROFILE", "AWS_REGION", "AWS_ENDPOINT_URL_S3", "HOST", "PORT", "ACCORD_TEST_RCLONE"]
        #expect(SettingNames.strangers(among: names + SettingNames.all) == [])
    }

    @Test(arguments: [
        ("can't reach postgresql://u:p@ss/w@host/db now", "can't reach postgresql://u:***@host/db now"),
        ("https://key:secret@host/jwks\nand more", "https://***@host/jwks and more"),
        ("no postgresql://u@host:5432/db", "no postgresql://u@host:5432/db"),
        ("https://host/path and me@example.com", "https://host/path and me@example.com"),
    ])
    func `passwords are hidden`(_ text: String, _ hidden: String) {
        #expect(text.hidingPasswords == hidden)
    }

    @Test(arguments: [(29, true), (-29, true), (31, false), (-31, false)])
    func `clocks may be thirty seconds apart`(_ seconds: Int, _ hasPassed: Bool) {
        let reading = ClockReading(machine: "the store", offset: .seconds(seconds))
        #expect(ClockCheck(readings: [reading]).run().hasPassed == hasPassed)
    }

    @Test func `a date that a cache has kept counts with its age`() throws {
        let now = Date(timeIntervalSince1970: 784_887_151)
        let response = CurlResponse(
            status: 200, headers: [("Date", "Tue, 15 Nov 1994 08:12:31 GMT"), ("Age", "10")], body: [])
        let reading = try #require(ClockReading(response, of: "a cache", askedAt: now))
        // Half of the time since then went by until the answer came, as it seems.
        let expected = 10 - Date().timeIntervalSince(now) / 2
        #expect(abs(reading.offset / .seconds(1) - expected) < 5)
        #expect(ClockReading(CurlResponse(status: 200, headers: [], body: []), of: "nobody", askedAt: now) == nil)
    }
}
