import Testing

@testable import GraphQLHTTP

struct ContentDispositionTests {
    @Test(
        arguments: [
            (#"form-data; name="0"; filename="a.pdf""#, "0", "a.pdf"),
            (#"form-data;name=0;filename=a.pdf"#, "0", "a.pdf"),
            (#"FORM-DATA; NAME="0"; FILENAME="a.pdf""#, "0", "a.pdf"),
            (#"form-data; name="0"; filename="a; b, c=d.pdf""#, "0", "a; b, c=d.pdf"),
            (#"form-data; name="0"; filename="say \"hi\" \\o/.pdf""#, "0", #"say "hi" \o/.pdf"#),
            (#"form-data; name="0"; filename="C:\docs\a.pdf""#, "0", #"C:\docs\a.pdf"#),
            (#"form-data; name="0"; filename="Vertrag Köln 🤝.pdf""#, "0", "Vertrag Köln 🤝.pdf"),
            (#"form-data; name="0"; filename="say %22hi%22, 100%25.pdf""#, "0", #"say "hi", 100%25.pdf"#),
            (#"form-data; name="0"; filename="a%0D%0Ab c.pdf""#, "0", "a\r\nb c.pdf"),
            (#"form-data; name="0"; filename="%C3%A4%20b.pdf""#, "0", "ä b.pdf"),
            (#"form-data; name="0"; filename="%C3.pdf""#, "0", "%C3.pdf"),
            (#"form-data; name="0"; filename="100%.pdf""#, "0", "100%.pdf"),
            (#"form-data; name="0"; filename="../../x.pdf""#, "0", "../../x.pdf"),
            (#"form-data; name="0"; filename="x.pdf"; filename*=UTF-8''%e2%82%ac%20rates.pdf"#, "0", "€ rates.pdf"),
            (#"form-data; name="0"; filename*=utf-8'de'%C3%A4.pdf"#, "0", "ä.pdf"),
            (#"form-data; name="0"; filename*=iso-8859-1''%E4.pdf"#, "0", "ä.pdf"),
            (#"form-data; name="0"; filename="x.pdf"; filename*=koi8-r''%E4.pdf"#, "0", "x.pdf"),
            (#"form-data; name="0"; filename="x.pdf"; filename*=UTF-8''%FF.pdf"#, "0", "x.pdf"),
            (#"form-data; name="0"; filename*0="a long "; filename*1="name.pdf""#, "0", "a long name.pdf"),
            (#"form-data; name="0"; filename*0*=UTF-8''%C3%A4; filename*1*=%20b; filename*2=".pdf""#, "0", "ä b.pdf"),
            (#"form-data; name="0"; filename*0*=UTF-8''%C3; filename*1*=%A4.pdf"#, "0", "ä.pdf"),
            (#"form-data; name="0"; filename="""#, "0", ""),
            (#"form-data; name="0""#, "0", nil),
            (#"form-data; filename="a.pdf""#, nil, "a.pdf"),
            (#"form-data"#, nil, nil),
        ] as [(String, String?, String?)])
    func `the names are read`(_ header: String, _ name: String?, _ fileName: String?) throws {
        let disposition = try #require(ContentDisposition(header))
        #expect([disposition.name, disposition.fileName] == [name, fileName])
    }

    @Test(arguments: [
        "", "attachment; name=a", #"form-data; name="a"#, #"form-data; name"#, #"form-data; name="a" b"#,
    ])
    func `another header is refused`(_ header: String) {
        #expect(ContentDisposition(header) == nil)
    }

    @Test func `a header in Latin 1 is read as such`() throws {
        let block =
            Array(#"Content-Disposition: form-data; name="0"; filename=""#.utf8) + [0xE4] + Array(#".pdf""#.utf8)
        #expect(try PartHeaders(block[...]) == PartHeaders(name: "0", fileName: "ä.pdf"))
    }
}
