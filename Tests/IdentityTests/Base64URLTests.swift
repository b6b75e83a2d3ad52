import Testing

@testable import Identity

@Suite struct Base64URLTests {
    /// RFC 4648 §10 without the padding, and the octets of RFC 7515 appendix C.
    @Test(arguments: [
        ("", [UInt8]()),
        ("Zg", Array("f".utf8)),
        ("Zm8", Array("fo".utf8)),
        ("Zm9v", Array("foo".utf8)),
        ("Zm9vYg", Array("foob".utf8)),
        ("Zm9vYmE", Array("fooba".utf8)),
        ("Zm9vYmFy", Array("foobar".utf8)),
        ("A-z_4ME", [3, 236, 255, 224, 193]),
    ])
    func `known encodings`(text: String, bytes: [UInt8]) {
        #expect(Base64URL.encode(bytes) == text)
        #expect(Base64URL.decode(text.utf8) == bytes)
    }

    @Test(arguments: [
        "Zg==", "Zm8=", "Z", "A", "AAAAA", "Zm9vY", "Zh", "Zm9", "+/+/", "Zm 8", "Zm\n8", "Zmé", "Zm9v.", "\0",
    ])
    func `what the encoder would not write is refused`(text: String) {
        #expect(Base64URL.decode(text.utf8) == nil)
    }

    @Test func `any bytes survive`() {
        for length in 0..<70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 97 &+ length &* 31) }
            #expect(Base64URL.decode(Base64URL.encode(bytes).utf8) == bytes)
        }
    }
}
