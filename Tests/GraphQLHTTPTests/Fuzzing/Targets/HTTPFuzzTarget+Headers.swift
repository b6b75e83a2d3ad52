import SeededRandom
@testable import GraphQLHTTP

extension HTTPFuzzTarget {
    /// What was written is read; what is no header is refused or left out, and nothing breaks.
    static func parameterizedHeaderProblem(_ random: inout SplitMix64) -> String? {
        let parameters = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            ParameterizedHeader.Parameter(name: random.token(), value: random.text())
        }
        let value = random.token()
        let text = value + parameters.map { "; \($0.name)=\(quoted($0.value))" }.joined()
        let header = ParameterizedHeader(text)
        if header?.value != value || header?.parameters != parameters {
            return "\(text.debugDescription): \(header as Any)"
        }
        if ParameterizedHeader.list("\(text), \(text)") != [header, header] {
            return "a list of \(text.debugDescription)"
        }
        let noise = random.text(upTo: 30)
        let members = ParameterizedHeader.list(noise).count
        return members <= noise.utf8.count ? nil : "\(members) members of \(noise.debugDescription)"
    }

    /// Names come through however they are written.
    static func contentDispositionProblem(_ random: inout SplitMix64) -> String? {
        let (name, fileName) = (random.text(), random.text() + "ä")
        let written =
            switch Int.random(in: 0..<3, using: &random) {
            case 0: "filename=\(quoted(fileName))"
            case 1: "filename*=UTF-8'en'\(percentEncoded(fileName, &random))"
            default: "filename*0*=utf-8''\(percentEncoded(fileName, &random)); filename*1=\"\""
            }
        let text = "form-data; name=\(quoted(name)); \(written)"
        let disposition = ContentDisposition(text)
        if disposition?.name != name || disposition?.fileName != fileName {
            return "\(text.debugDescription): \(disposition as Any)"
        }
        // Whatever it is, it must not break.
        _ = ContentDisposition("form-data; " + random.text(upTo: 30))
        return nil
    }

    /// Headers that were written are read; of other bytes, a name is never longer than they are.
    static func partHeadersProblem(_ random: inout SplitMix64) -> String? {
        let headers = PartHeaders(
            name: random.text(), fileName: Bool.random(using: &random) ? random.text() + "ä" : nil,
            contentType: Bool.random(using: &random) ? random.token() : nil)
        let read = try? PartHeaders(written(headers)[...])
        if read != headers { return "\(headers) is read as \(read as Any)" }
        let parts = ["Content-Disposition", ":", " form-data", "; name=", "\"", "\r\n", "\r", "\n", " ", "x", "\u{0}"]
        let noise = Array(random.pieces(of: parts, upTo: 20).joined().utf8) + random.bytes(upTo: 8)
        let found = try? PartHeaders(noise[...])
        return found?.name?.utf8.count ?? 0 <= 2 * noise.count ? nil : "a name from nowhere: \(noise)"
    }

    static func queryStringProblem(_ random: inout SplitMix64) -> String? {
        var values: [String: String] = [:]
        for _ in 0..<Int.random(in: 0...4, using: &random) { values[random.text()] = random.text() }
        let text = values.map { "\(percentEncoded($0.key, &random))=\(percentEncoded($0.value, &random))" }
            .joined(separator: "&")
        guard let query = try? QueryString(text) else { return "\(text) is refused" }
        for (name, value) in values where query[name] != (value.isEmpty ? nil : value) {
            return "\(text): \(name.debugDescription) is \(query[name] as Any)"
        }
        _ = try? QueryString(random.pieces(of: ["%", "%4", "%zz", "%ff", "a", "=", "&", "+"], upTo: 20).joined())
        return nil
    }

    /// A header block that says this.
    static func written(_ headers: PartHeaders) -> [UInt8] {
        var lines: [String] = []
        if let name = headers.name {
            let file = headers.fileName.map { "; filename=\(quoted($0))" } ?? ""
            lines.append("Content-Disposition: form-data; name=\(quoted(name))\(file)")
        }
        if let type = headers.contentType { lines.append("content-type: \(type)") }
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
