import Crypto
import Testing

@testable import GraphQLHTTP

struct SpoolWriterTests {
    private let configuration = {
        var configuration = GraphQLHTTPConfiguration()
        configuration.maximumFileBytes = 1 << 20
        return configuration
    }()

    private func spool(_ bytes: [UInt8], by count: Int = 60_000) async throws -> SpooledFile {
        var writer = SpoolWriter(PartHeaders(name: "0", fileName: "a.pdf"), configuration: configuration)
        for start in stride(from: 0, to: bytes.count, by: count) {
            try await writer.append(bytes[start..<min(start + count, bytes.count)])
        }
        return try await writer.finish()
    }

    private func isInMemory(_ file: SpooledFile) -> Bool {
        if case .memory = file.storage { true } else { false }
    }

    private func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
    }

    @Test(arguments: [
        (0, true), (1, true), (131_072, true), (131_073, false), (262_143, false), (262_144, false), (262_145, false),
        (1 << 20, false),
    ])
    func `a file keeps its bytes, in memory only while small`(_ size: Int, _ isSmall: Bool) async throws {
        let content = bytes(size)
        let file = try await spool(content)
        #expect(file.size == size)
        #expect(isInMemory(file) == isSmall)
        #expect(
            file.sha256
                == SHA256.hash(data: content).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
        #expect(try await file.read(0..<size) == content)
    }

    @Test func `a file one byte above the limit is refused`() async throws {
        await #expect(throws: UploadError.tooLarge(limit: 1 << 20)) { try await spool(bytes(1 << 20 + 1)) }
    }

    @Test(arguments: [100, 200_000])
    func `a range is cut to the file`(_ size: Int) async throws {
        let content = bytes(size)
        let file = try await spool(content)
        #expect(try await file.read(10..<20) == Array(content[10..<20]))
        #expect(try await file.read((size - 5)..<(size + 100)) == Array(content.suffix(5)))
        #expect(try await file.read((size + 5)..<(size + 10)) == [])
    }

    @Test(arguments: [100, 200_000])
    func `chunks can be walked twice`(_ size: Int) async throws {
        let content = bytes(size)
        let chunks = try await spool(content).chunks(ofBytes: 64_000)
        for _ in 0..<2 {
            var read: [UInt8] = []
            for try await chunk in chunks {
                #expect(chunk.count == min(64_000, size - read.count))
                read += chunk
            }
            #expect(read == content)
        }
    }

    @Test func `a file without a name is called upload`() async throws {
        for name in [nil, ""] {
            let file = try await SpoolWriter(PartHeaders(name: "0", fileName: name), configuration: configuration)
                .finish()
            #expect(file.fileName == "upload")
        }
    }

    @Test func `a missing directory is reported`() async throws {
        var configuration = configuration
        configuration.temporaryDirectory = "/nowhere"
        var writer = SpoolWriter(PartHeaders(name: "0"), configuration: configuration)
        try await writer.append(bytes(200_000)[...])
        await #expect(throws: UploadError.notKept(errno: 2)) { try await writer.finish() }
    }
}
