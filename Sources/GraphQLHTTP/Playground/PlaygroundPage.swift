import HTTPTypes

/// The playground: a page by which a browser explores the API. It loads nothing but itself.
struct PlaygroundPage: Sendable {
    /// The page cut where the nonce belongs.
    private let pieces: [String]

    /// Makes the page with `settings`, a JSON text, for its script to read.
    init(settings: String) {
        let template = String(decoding: PackageResources.playground_html, as: UTF8.self)
        let safeSettings = settings.split(separator: "<", omittingEmptySubsequences: false).joined(separator: "\\u003c")
        let nonce = "\u{0}"
        pieces =
            template
            .replacing(Self.settingsElement, with: Self.settingsElement.replacing("{}", with: safeSettings))
            .replacing("<script>", with: "<script nonce=\"\(nonce)\">")
            .replacing("<style>", with: "<style nonce=\"\(nonce)\">")
            .split(separator: nonce, omittingEmptySubsequences: false)
            .map(String.init)
    }

    private static let settingsElement = #"<script type="application/json" id="settings">{}</script>"#

    /// Whether a client with this `Accept` wants a page rather than JSON: browsers do.
    static func isAccepted(by accept: String?) -> Bool {
        guard let accept else { return false }
        let offers = [ResponseMediaType.json.rawValue, ResponseMediaType.graphQLResponse.rawValue, "text/html"]
        return mostAccepted(of: offers, accept: accept) == 2
    }

    /// The page under a content security policy that lets only its own script and style run.
    func answer() -> Answer {
        let nonce = String(UInt128.random(in: .min ... .max), radix: 36)
        var headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8",
            .cacheControl: "no-store",
            .xContentTypeOptions: "nosniff",
        ]
        headers[.contentSecurityPolicy] =
            "default-src 'none'; script-src 'nonce-\(nonce)'; style-src 'nonce-\(nonce)'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        headers[.constant("Referrer-Policy")] = "no-referrer"
        headers[.constant("X-Frame-Options")] = "DENY"
        return Answer(status: .ok, headers: headers, body: Array(pieces.joined(separator: nonce).utf8))
    }
}
