import Curl
import FoundationEssentials

/// Whether the issuer of tokens is the one whose keys are read.
///
/// What can be told without a token: their addresses belong together, or the issuer's own document names the keys.
/// Source: OpenID Connect Discovery 1.0 §4; WorkOS, "Session tokens".
struct IssuerCheck: Sendable {
    let keys: ServerConfiguration.Keys?
    /// `ACCORD_JWT_ISSUER`.
    let issuers: [String]
    let http: CurlClient

    func run() async -> CheckResult {
        guard !issuers.isEmpty else {
            return CheckResult(.issuer, .passed("any: ACCORD_JWT_ISSUER is not set"))
        }
        guard case .url(let url) = keys else {
            let isFile = if case .file = keys { true } else { false }
            return CheckResult(
                .issuer,
                isFile
                    ? .passed("\(issuers.joined(separator: ", ")); a file of keys names none")
                    : .notChecked(since: "the setting of the keys can't be used"))
        }
        guard let address = WebAddress(url) else {
            return CheckResult(.issuer, .notChecked(since: "ACCORD_JWKS_URL is no address"))
        }
        let findings = await withTaskGroup(of: Finding?.self) { group in
            for issuer in issuers { group.addTask { await examine(issuer, keysAt: url, address) } }
            return await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        return CheckResult(.issuer, findings, passed: issuers.joined(separator: ", "))
    }

    private func examine(_ issuer: String, keysAt url: String, _ keys: WebAddress) async -> Finding? {
        guard let address = WebAddress(issuer) else {
            return finding(
                "ACCORD_JWT_ISSUER is \(issuer), which is no https:// address.",
                remedy: "Set ACCORD_JWT_ISSUER to the claim iss of a token, https://… and all.")
        }
        guard address.isEncrypted || address.isOfThisMachine else {
            return finding(
                "ACCORD_JWT_ISSUER is \(issuer), which does not begin with https://.",
                remedy: "Set ACCORD_JWT_ISSUER to the claim iss of a token; issuers have https:// addresses.")
        }
        if keys.host == "api.workos.com", let problem = Self.workOS(issuer, address, keys) { return problem }
        let document = await Discovery.read(of: issuer, http)
        if let document, document.issuer != issuer {
            return finding(
                "ACCORD_JWT_ISSUER is \(issuer), but the issuer there calls itself \(document.issuer).",
                remedy: "Set ACCORD_JWT_ISSUER to \(document.issuer), letter by letter.")
        }
        if document?.jwks_uri == url || keys.isRelated(to: address) || Self.hasClient(of: keys, address) { return nil }
        let other = document.map { " Its document names \($0.jwks_uri)." } ?? ""
        return finding(
            "The keys are read from \(keys.host), but ACCORD_JWT_ISSUER is \(issuer), and nothing shows that they are its.\(other)",
            remedy: document.map { "Set ACCORD_JWKS_URL to \($0.jwks_uri)." }
                ?? "Correct ACCORD_JWT_ISSUER or ACCORD_JWKS_URL: both are the identity provider's.")
    }

    /// `https://api.workos.com/sso/jwks/{client}` has the keys of tokens whose issuer is `https://api.workos.com`, or
    /// `https://api.workos.com/user_management/{client}`, or the same at a domain of one's own.
    private static func workOS(_ issuer: String, _ address: WebAddress, _ keys: WebAddress) -> Finding? {
        guard let client = client(keys), let other = Self.client(address), client != other else { return nil }
        return Finding(
            .issuer, "ACCORD_JWKS_URL has the keys of \(client), but ACCORD_JWT_ISSUER is of \(other): \(issuer)",
            why: why, remedy: "Set ACCORD_JWT_ISSUER and ACCORD_JWKS_URL to the same client of WorkOS.")
    }

    private static func hasClient(of keys: WebAddress, _ address: WebAddress) -> Bool {
        client(keys) != nil && client(keys) == client(address)
    }

    private static func client(_ address: WebAddress) -> String? {
        address.path.split(separator: "/").last { $0.hasPrefix("client_") }.map(String.init)
    }

    private static let why =
        "A token is accepted when its issuer is ACCORD_JWT_ISSUER and its key is in the set: here none is both."

    private func finding(_ problem: String, remedy: String) -> Finding {
        Finding(.issuer, problem, why: Self.why, remedy: remedy)
    }
}

/// What an issuer says about itself.
private struct Discovery: Decodable {
    let issuer: String
    let jwks_uri: String

    /// Reads it where issuers have it; nil where there is none.
    static func read(of issuer: String, _ http: CurlClient) async -> Discovery? {
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        let request = CurlRequest(
            url: base + "/.well-known/openid-configuration", timeouts: CurlTimeouts(total: .seconds(2)),
            maximumResponseBytes: 256 << 10)
        guard let response = try? await http.perform(request), response.status == 200 else { return nil }
        return try? JSONDecoder().decode(Discovery.self, from: Data(response.body))
    }
}
