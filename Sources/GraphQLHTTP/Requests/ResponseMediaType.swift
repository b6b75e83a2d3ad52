/// The two media types that a GraphQL response is sent as.
///
/// GraphQL over HTTP: Media Types
enum ResponseMediaType: String, Sendable {
    /// The older one: its status says only whether the HTTP request was understood.
    case json = "application/json"
    /// The newer one: its status tells a request error (400) from an executed operation (200).
    case graphQLResponse = "application/graphql-response+json"

    /// The value of `Content-Type`.
    var contentType: String {
        switch self {
        case .json: "application/json; charset=utf-8"
        case .graphQLResponse: "application/graphql-response+json; charset=utf-8"
        }
    }

    /// The type that the client likes best; nil when it accepts neither.
    ///
    /// A missing header and `*/*` mean `application/json`.
    init?(accept: String?) {
        guard let accept, !accept.isEmpty else {
            self = .json
            return
        }
        // What most clients send needs no taking apart.
        if let only = Self(rawValue: accept) {
            self = only
            return
        }
        switch mostAccepted(of: [Self.json.rawValue, Self.graphQLResponse.rawValue], accept: accept) {
        case 0: self = .json
        case 1: self = .graphQLResponse
        default: return nil
        }
    }
}

/// The place in `offers` of the media type that an `Accept` header likes best; nil when it accepts none.
///
/// Among equally liked ones the one named more exactly wins, then the one named earlier in the header, then the one
/// offered first.
///
/// RFC 9110 §12.5.1 Accept
func mostAccepted(of offers: [String], accept: String) -> Int? {
    let ranges = ParameterizedHeader.list(accept)
    guard !ranges.isEmpty else { return 0 }
    var best: (offer: Int, match: AcceptMatch)?
    for (index, offer) in offers.enumerated() {
        guard let match = AcceptMatch(of: offer, in: ranges), match.quality > 0 else { continue }
        if best.map({ match.isBetter(than: $0.match) }) ?? true { best = (index, match) }
    }
    return best?.offer
}

/// How an `Accept` header values one media type.
private struct AcceptMatch {
    var quality: Double
    /// 0 for `*/*`, 1 for `type/*`, 2 for the type itself.
    var exactness: Int
    /// The place in the header.
    var order: Int

    init?(of mediaType: String, in ranges: [ParameterizedHeader]) {
        let anySubtype = mediaType.prefix { $0 != "/" } + "/*"
        var found: AcceptMatch?
        for (order, range) in ranges.enumerated() {
            let exactness = range.value == mediaType ? 2 : range.value == anySubtype ? 1 : range.value == "*/*" ? 0 : -1
            guard exactness >= 0, exactness > found?.exactness ?? -1 else { continue }
            found = AcceptMatch(quality: range.quality, exactness: exactness, order: order)
        }
        guard let found else { return nil }
        self = found
    }

    private init(quality: Double, exactness: Int, order: Int) {
        self.quality = quality
        self.exactness = exactness
        self.order = order
    }

    func isBetter(than other: AcceptMatch) -> Bool {
        if quality != other.quality { return quality > other.quality }
        if exactness != other.exactness { return exactness > other.exactness }
        return order < other.order
    }
}
