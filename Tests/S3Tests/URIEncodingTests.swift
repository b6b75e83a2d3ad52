import Testing

@testable import S3

@Suite struct URIEncodingTests {
    @Test(arguments: [
        ("plain-_.~AZaz09", "plain-_.~AZaz09"),
        ("a/b/c", "a/b/c"),
        ("a//b/../c/.", "a//b/../c/."),
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("100%", "100%25"),
        ("%20", "%2520"),
        ("a=b&c?d#e", "a%3Db%26c%3Fd%23e"),
        ("'\"", "%27%22"),
        ("(a) [b] {c}", "%28a%29%20%5Bb%5D%20%7Bc%7D"),
        ("!*;:@$,", "%21%2A%3B%3A%40%24%2C"),
        ("back\\slash|^`<>", "back%5Cslash%7C%5E%60%3C%3E"),
        ("Müller", "M%C3%BCller"),
        ("Mu\u{308}ller", "Mu%CC%88ller"),
        ("契約書", "%E5%A5%91%E7%B4%84%E6%9B%B8"),
        ("📄", "%F0%9F%93%84"),
        ("\t\n\0\u{7F}", "%09%0A%00%7F"),
        ("", ""),
    ])
    func `a key's path is encoded once, byte by byte, and keeps its slashes`(key: String, encoded: String) {
        #expect(key.uriEncoded(keepingSlashes: true) == encoded)
    }

    @Test func `elsewhere a slash is encoded, too`() {
        #expect("a/b".uriEncoded() == "a%2Fb")
    }

    @Test func `a query is sorted by its encoded names, then values`() {
        let query = CanonicalQuery([
            (name: "b", value: "2"), (name: "a", value: "z y"), (name: "b", value: "1"), (name: "B", value: ""),
            (name: "ä", value: "ö"),
        ])
        #expect(query.text == "%C3%A4=%C3%B6&B=&a=z%20y&b=1&b=2")
    }

    @Test(arguments: [
        ("Vertrag.pdf", "Vertrag.pdf", "Vertrag.pdf"),
        ("a b.pdf", "a b.pdf", "a%20b.pdf"),
        ("Müller & Söhne.pdf", "M_ller & S_hne.pdf", "M%C3%BCller%20%26%20S%C3%B6hne.pdf"),
        ("e\u{301}.pdf", "_.pdf", "e%CC%81.pdf"),
        ("契約.pdf", "__.pdf", "%E5%A5%91%E7%B4%84.pdf"),
        ("📄.pdf", "_.pdf", "%F0%9F%93%84.pdf"),
        ("q\"uo\\te.pdf", "q_uo_te.pdf", "q%22uo%5Cte.pdf"),
        ("100%41.pdf", "100_41.pdf", "100%2541.pdf"),
        ("it's (1).pdf", "it's (1).pdf", "it%27s%20%281%29.pdf"),
        ("a\r\nSet-Cookie: x\0", "a_Set-Cookie: x_", "a%0D%0ASet-Cookie%3A%20x%00"),
    ])
    func `a download's name is given in ASCII and in UTF-8`(fileName: String, fallback: String, encoded: String) {
        #expect(
            ContentDisposition.attachment(fileName: fileName)
                == "attachment; filename=\"\(fallback)\"; filename*=UTF-8''\(encoded)"
        )
    }
}
