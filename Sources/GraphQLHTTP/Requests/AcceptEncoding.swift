/// Whether an `Accept-Encoding` header takes gzip.
///
/// RFC 9110 §12.5.3: a coding that is named counts before `*`; a missing header is not taken for consent.
func acceptsGzip(_ acceptEncoding: String?) -> Bool {
    let codings = ParameterizedHeader.list(acceptEncoding ?? "")
    let coding =
        codings.first { $0.value == "gzip" || $0.value == "x-gzip" } ?? codings.first { $0.value == "*" }
    guard let coding else { return false }
    return coding.quality > 0
}
