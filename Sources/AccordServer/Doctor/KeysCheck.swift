import Curl
import FoundationEssentials
import Identity
import Logging
import Synchronization

/// Whether there are keys to verify tokens with, by reading them as the server does.
struct KeysCheck {
    let keys: ServerConfiguration.Keys?
    let http: CurlClient

    /// How long an answer may take.
    private static let patience = Duration.seconds(3)

    /// - Returns: what was found, and the clock of the server that has the keys.
    func run() async -> (CheckResult, [ClockReading]) {
        switch keys {
        case nil:
            (CheckResult(.keys, .notChecked(since: "neither ACCORD_JWKS_URL nor ACCORD_JWKS_FILE can be used")), [])
        case .file(let path): (await read(.file(path: path), setting: "ACCORD_JWKS_FILE"), [])
        case .url(let url): await read(url)
        }
    }

    private func read(_ url: String) async -> (CheckResult, [ClockReading]) {
        guard url.hasPrefix("https://") || WebAddress(url)?.isOfThisMachine == true else {
            let finding = Finding(
                .keys, "ACCORD_JWKS_URL does not begin with https://: \(url)",
                why: "Whoever is on the way can answer with keys of their own, and sign in as anybody.",
                remedy: "Set ACCORD_JWKS_URL to the https:// address of the key set.")
            return (CheckResult(.keys, .found([finding])), [])
        }
        let clock = Mutex<ClockReading?>(nil)
        let source = JWKSSource.url(url) { [http] url in
            let start = Date()
            let response: CurlResponse
            do throws(CurlError) {
                response = try await http.perform(
                    CurlRequest(url: url, timeouts: CurlTimeouts(total: Self.patience), maximumResponseBytes: 256 << 10)
                )
            } catch {
                throw Failure(description: error.reason)
            }
            clock.withLock { $0 = ClockReading(response, of: "the server of the keys", askedAt: start) }
            guard response.status == 200 else {
                throw Failure(description: "it answers with status \(response.status)")
            }
            return response.body
        }
        let result = await read(source, setting: "ACCORD_JWKS_URL")
        return (result, [clock.withLock { $0 }].compactMap(\.self))
    }

    private func read(_ source: JWKSSource, setting: String) async -> CheckResult {
        let quiet = Logger(label: "accord.doctor") { _ in SwiftLogNoOpLogHandler() }
        do throws(IdentityError) {
            try await AccessTokenVerifier(keys: source, logger: quiet).loadKeys()
            return CheckResult(.keys, .passed("\(source)"))
        } catch {
            let cause = if case .keysUnavailable(let text) = error { text } else { "\(error)" }
            let place = cause.contains("\(source)") ? "" : " (\(setting) is \(source))"
            let finding = Finding(
                .keys, cause + place, why: "No token can be verified, and the server does not start.",
                remedy:
                    "Correct \(setting), or make it readable from here: a JSON Web Key Set with a key for RS256 or ES256."
            )
            return CheckResult(.keys, .found([finding]))
        }
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}

extension CurlError {
    /// In libcurl's words.
    var reason: String {
        switch self {
        case .unreachable(let text), .timedOut(let text), .tls(let text), .interrupted(let text),
            .invalidRequest(let text):
            text
        case .bodyFailed(let error): "\(error)"
        case .responseTooLarge: "the answer is too large"
        case .cancelled: "there was no answer in time"
        }
    }
}
