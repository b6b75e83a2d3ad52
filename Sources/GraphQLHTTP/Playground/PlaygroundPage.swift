import HTTPTypes

/// The playground: a page by which a browser explores the API. It loads nothing but itself.
///
/// Its source is in the folder `Page`: `playground.html` names a style sheet and scripts, which are put in their places
/// here.
struct PlaygroundPage: Sendable {
    /// The page cut where the nonce belongs.
    private let pieces: [String]

    /// Makes the page with `settings`, a JSON text, for its script to read.
    init(settings: String) {
        let nonce = "\u{0}"
        var page = String(decoding: PackageResources.playground_html, as: UTF8.self)
        page.replace(Self.link("playground.css"), with: Self.element("style", nonce, PackageResources.playground_css))
        for (name, content) in Self.scripts {
            page.replace("<script src=\"\(name)\"></script>", with: Self.element("script", nonce, content))
        }
        let safeSettings = settings.split(separator: "<", omittingEmptySubsequences: false).joined(separator: "\\u003c")
        page.replace(Self.settingsElement, with: Self.settingsElement.replacing("{}", with: safeSettings))
        pieces = page.split(separator: nonce, omittingEmptySubsequences: false).map(String.init)
    }

    private static let settingsElement = #"<script type="application/json" id="settings">{}</script>"#

    /// The page's scripts by their file names.
    private static let scripts: [(name: String, content: [UInt8])] = [
        ("completion.js", PackageResources.completion_js),
        ("documentation.js", PackageResources.documentation_js),
        ("editor.js", PackageResources.editor_js),
        ("elements.js", PackageResources.elements_js),
        ("formatter.js", PackageResources.formatter_js),
        ("history.js", PackageResources.history_js),
        ("json.js", PackageResources.json_js),
        ("lexer.js", PackageResources.lexer_js),
        ("parser.js", PackageResources.parser_js),
        ("playground.js", PackageResources.playground_js),
        ("request.js", PackageResources.request_js),
        ("response.js", PackageResources.response_js),
        ("schema.js", PackageResources.schema_js),
        ("storage.js", PackageResources.storage_js),
        ("suggestions.js", PackageResources.suggestions_js),
        ("tabs.js", PackageResources.tabs_js),
        ("token.js", PackageResources.token_js),
        ("validation.js", PackageResources.validation_js),
        ("variables.js", PackageResources.variables_js),
    ]

    private static func link(_ name: String) -> String { "<link rel=\"stylesheet\" href=\"\(name)\">" }

    private static func element(_ tag: String, _ nonce: String, _ content: [UInt8]) -> String {
        "<\(tag) nonce=\"\(nonce)\">\n\(String(decoding: content, as: UTF8.self))</\(tag)>"
    }

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
            + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'"
        headers[.constant("Referrer-Policy")] = "no-referrer"
        headers[.constant("X-Frame-Options")] = "DENY"
        return Answer(status: .ok, headers: headers, body: Array(pieces.joined(separator: nonce).utf8))
    }
}
