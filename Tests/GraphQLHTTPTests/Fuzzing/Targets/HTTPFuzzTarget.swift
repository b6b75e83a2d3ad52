import SeededRandom
@testable import GraphQLHTTP

/// What reads bytes that strangers send, and what must hold for whatever they send.
enum HTTPFuzzTarget: String, CaseIterable, Sendable {
    case multipart, partHeaders, contentDisposition, parameterizedHeader, queryString

    /// Makes an input up and looks at what becomes of it.
    ///
    /// - Returns: what is wrong with that; nil when nothing is.
    func problem(_ random: inout SplitMix64) -> String? {
        switch self {
        case .multipart: Self.multipartProblem(&random)
        case .partHeaders: Self.partHeadersProblem(&random)
        case .contentDisposition: Self.contentDispositionProblem(&random)
        case .parameterizedHeader: Self.parameterizedHeaderProblem(&random)
        case .queryString: Self.queryStringProblem(&random)
        }
    }
}

extension SplitMix64 {
    /// Some of the elements, again and again.
    mutating func pieces<Piece>(of elements: [Piece], upTo count: Int) -> [Piece] {
        (0..<Int.random(in: 0...count, using: &self)).map { _ in
            elements[Int.random(in: elements.indices, using: &self)]
        }
    }

    /// A text that has in it what headers and URLs set apart.
    mutating func text(upTo count: Int = 12) -> String {
        let parts = [
            "a", "Z", "7", " ", "\t", "\"", "\\", ";", ",", "=", "&", "+", "'", "*", "/", "ä", "€", "🙂", "e\u{301}",
            "\u{7}",
        ]
        return pieces(of: parts, upTo: count).joined()
    }

    /// A name that needs no quotation marks.
    mutating func token() -> String {
        "t" + pieces(of: ["a", "b", "0", "-", "_", "."], upTo: 8).joined()
    }

    mutating func bytes(upTo count: Int) -> [UInt8] {
        (0..<Int.random(in: 0...count, using: &self)).map { _ in UInt8.random(in: .min ... .max, using: &self) }
    }
}

/// Every byte of a text as `%XX`, letters and digits now and then as they are.
func percentEncoded(_ text: String, _ random: inout SplitMix64) -> String {
    var encoded = ""
    for byte in text.utf8 {
        let isPlain = (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
        if isPlain, Bool.random(using: &random) {
            encoded.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: Bool.random(using: &random))
        }
    }
    return encoded
}
