import AccordAdapters
import AccordCore
import AccordDevelopment
import Crypto
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5)))
struct DirectoryObjectStorageTests {
    private let key = ObjectKey(stored: "acme/agreements/9133da7c-3b98-4673-91dc-0dc58cc8740c/Vertrag ü #1.pdf")

    /// A store whose clock the test sets.
    private struct Store {
        let folder: String
        let storage: DirectoryObjectStorage
        let clock: Clock

        final class Clock: Sendable {
            private let seconds = Mutex(1_800_000_000.0)
            var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }
            func advance(by seconds: Double) { self.seconds.withLock { $0 += seconds } }
        }

        init(_ folder: String, secret: String = "secret") throws {
            let clock = Clock()
            self.folder = folder
            self.clock = clock
            storage = try DirectoryObjectStorage(
                folder: folder, baseURL: "http://accord.test:8080", secret: SymmetricKey(data: Array(secret.utf8)),
                logger: .quiet
            ) { clock.now }
        }

        /// A link that begins to work now.
        func link(to key: ObjectKey, fileName: String, expiresIn: Duration) throws -> String {
            try storage.downloadURL(of: key, fileName: fileName, expiresIn: expiresIn, at: clock.now)
        }

        /// Follows a link as a client does.
        func download(_ url: String) async throws -> Download {
            let parts = url.dropFirst("http://accord.test:8080".count).split(separator: "?", maxSplits: 1)
            return try await storage.download(path: String(parts[0]), query: String(parts[1]))
        }

        /// All files below the folder, as their relative paths.
        var files: [String] {
            let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
            return paths.filter { path in
                var isFolder = false
                return FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder) && !isFolder
            }.sorted()
        }
    }

    private func withStore(_ body: (Store) async throws -> Void) async throws {
        try await withFolder { folder in try await body(try Store(folder)) }
    }

    private func bytes(of download: Download) async throws -> [UInt8]? {
        guard case .file(_, let chunks) = download else { return nil }
        return try await content(chunks)
    }

    @Test func `a file is copied, told by its bytes, and listed`() async throws {
        try await withStore { store in
            let (storage, copy) = (store.storage, ObjectKey(stored: "acme/recovery/1"))
            let (old, new) = (StoredFile(bytes: [1, 2, 3]), StoredFile(bytes: [4, 5]))
            #expect(try await storage.head(key) == nil)
            #expect(try await storage.sha256(of: key) == nil)
            #expect(try await storage.copy(key, to: copy) == nil)
            try await storage.put(old, at: key)
            #expect(try await storage.copy(key, to: copy) == .certain)
            #expect(try await storage.copy(key, to: copy) == .certain)
            // The copy is not changed with the file.
            try await storage.put(new, at: key)
            #expect(try await storage.sha256(of: key) == new.sha256)
            #expect(try await storage.sha256(of: copy) == old.sha256)
            #expect(try await storage.head(copy) == StoredObject(size: 3, sha256: nil))
            #expect(try await storage.copy(copy, to: key) == .certain)
            #expect(try await storage.sha256(of: key) == old.sha256)

            let long = ObjectKey(stored: "acme/agreements/o/" + String(repeating: "ü", count: 255))
            try await storage.put(new, at: long)
            try await storage.put(new, at: ObjectKey(stored: "acme2/agreements/o/a.pdf"))
            let page = try await storage.list("acme/", from: nil)
            #expect(Set(page.objects.map(\.key)) == [key, copy])
            #expect(page.objects.map(\.size) == [3, 3])
            #expect(page.objects.allSatisfy { abs($0.storedAt.timeIntervalSinceNow) < 600 })
            #expect(page.next == nil)
            #expect(try await storage.list("nobody/", from: nil).objects == [])
            #expect(store.files.allSatisfy { !$0.hasPrefix(".incoming/") })
        }
    }

    @Test(arguments: [0, 1, 256 << 10, (256 << 10) + 1, 3_000_000])
    func `a file that was put is downloaded byte for byte, more than once`(size: Int) async throws {
        try await withStore { store in
            let file = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try await store.storage.put(StoredFile(bytes: file), at: key)
            let url = try store.link(to: key, fileName: "Vertrag ü.pdf", expiresIn: .seconds(60))
            let download = try await store.download(url)
            #expect(try await bytes(of: download) == file)
            #expect(try await bytes(of: download) == file)
        }
    }

    @Test func `a download comes as a PDF under its name`() async throws {
        try await withStore { store in
            try await store.storage.put(StoredFile(bytes: Array("%PDF-".utf8)), at: key)
            let url = try store.link(to: key, fileName: "Vertrag \"ü\".pdf", expiresIn: .seconds(60))
            guard case .file(let headers, _) = try await store.download(url) else {
                Issue.record("no file")
                return
            }
            #expect(
                headers.map { "\($0.name): \($0.value)" } == [
                    "Content-Type: application/pdf", "Content-Length: 5",
                    "Content-Disposition: attachment; filename=\"Vertrag ___.pdf\"; "
                        + "filename*=UTF-8''Vertrag%20%22%C3%BC%22.pdf",
                    "Cache-Control: private, no-store", "X-Content-Type-Options: nosniff",
                ])
        }
    }

    @Test func `the link holds the key, readable and encoded`() async throws {
        try await withStore { store in
            let url = try store.link(to: key, fileName: "a b.pdf", expiresIn: .seconds(3_600))
            let start = """
                http://accord.test:8080/files/acme/agreements/9133da7c-3b98-4673-91dc-0dc58cc8740c/\
                Vertrag%20%C3%BC%20%231.pdf?expires=1800003600&name=a%20b.pdf&signature=
                """
            #expect(url.hasPrefix(start))
            #expect(url.utf8.count == start.utf8.count + 64)
        }
    }

    @Test(arguments: [(59.0, true), (60, false), (61, false)])
    func `a link expires`(seconds: Double, isGood: Bool) async throws {
        try await withStore { store in
            try await store.storage.put(StoredFile(bytes: [1]), at: key)
            let url = try store.link(to: key, fileName: "a.pdf", expiresIn: .seconds(60))
            store.clock.advance(by: seconds)
            let download = try await store.download(url)
            #expect(try await bytes(of: download) == (isGood ? [1] : nil))
        }
    }

    @Test func `any change to a link makes it void`() async throws {
        try await withStore { store in
            try await store.storage.put(StoredFile(bytes: [1]), at: key)
            let url = Array(
                try store.link(to: key, fileName: "a.pdf", expiresIn: .seconds(60)).utf8)
            let start = "http://accord.test:8080".utf8.count
            for index in start..<url.count {
                for byte in [UInt8(ascii: "0"), UInt8(ascii: "f"), UInt8(ascii: "&"), UInt8(ascii: "%")] {
                    var changed = url
                    changed[index] = byte
                    // A question mark that is gone leaves no query to hand over; a right guess changes nothing.
                    guard changed != url, url[index] != UInt8(ascii: "?") else { continue }
                    let text = String(decoding: changed, as: UTF8.self)
                    #expect(try await bytes(of: store.download(text)) == nil, "\(text)")
                }
            }
        }
    }

    @Test func `a link of another secret is void`() async throws {
        try await withFolder { folder in
            let (ours, theirs) = (try Store(folder), try Store(folder, secret: "other"))
            try await ours.storage.put(StoredFile(bytes: [1]), at: key)
            let url = try theirs.link(to: key, fileName: "a.pdf", expiresIn: .seconds(60))
            #expect(try await bytes(of: theirs.download(url)) == [1])
            #expect(try await bytes(of: ours.download(url)) == nil)
        }
    }

    @Test func `a link to a file that is gone leads to nothing`() async throws {
        try await withStore { store in
            let url = try store.link(to: key, fileName: "a.pdf", expiresIn: .seconds(60))
            guard case .missing = try await store.download(url) else {
                Issue.record("not missing")
                return
            }
        }
    }

    @Test func `a file that is deleted is gone, and deleting it again is fine`() async throws {
        try await withStore { store in
            try await store.storage.put(StoredFile(bytes: [1]), at: key)
            #expect(store.files.count == 1)
            try await store.storage.delete(key)
            #expect(store.files == [])
            try await store.storage.delete(key)
        }
    }

    @Test func `a file replaced or deleted while it is downloaded arrives whole`() async throws {
        try await withStore { store in
            let file = [UInt8](repeating: 1, count: 2_000_000)
            try await store.storage.put(StoredFile(bytes: file), at: key)
            let url = try store.link(to: key, fileName: "a.pdf", expiresIn: .seconds(60))
            let download = try await store.download(url)
            try await store.storage.put(StoredFile(bytes: [2]), at: key)
            try await store.storage.delete(key)
            #expect(try await bytes(of: download) == file)
        }
    }

    @Test(arguments: [
        "../../../escape", "acme/../../escape", "/etc/passwd", "./.incoming/x", ".incoming/x", "a//b", "a/./b", "a/.",
        "a\0b", "a\nb", String(repeating: "ü", count: 255), String(repeating: "📄", count: 255) + "/..",
    ])
    func `no key leads out of the folder`(text: String) async throws {
        try await withStore { store in
            let key = ObjectKey(stored: text)
            try await store.storage.put(StoredFile(bytes: [7]), at: key)
            #expect(store.files.count == 1)
            #expect(!store.files[0].hasPrefix(".incoming"))
            let url = try store.link(to: key, fileName: "x", expiresIn: .seconds(60))
            #expect(try await bytes(of: store.download(url)) == [7])
            try await store.storage.delete(key)
            #expect(store.files == [])
        }
    }

    @Test func `keys that differ are files that differ`() async throws {
        let long = String(repeating: "ü", count: 200)
        let keys = ["a~b", "a%7Eb", "a/b", "a%2Fb", long + "1", long + "2", ".a", "%2Ea", "", "%"].map(ObjectKey.init)
        try await withStore { store in
            for (index, key) in keys.enumerated() {
                try await store.storage.put(StoredFile(bytes: [UInt8(index)]), at: key)
            }
            #expect(store.files.count == keys.count)
        }
    }

    @Test func `a body that fails leaves nothing, and what was there before`() async throws {
        struct Broken: Error {}
        try await withStore { store in
            try await store.storage.put(StoredFile(bytes: [1]), at: key)
            let chunks = Chunks([[2], [3]]) { index in if index == 1 { throw Broken() } }
            let file = StoredFile(size: 2, sha256: "", head: [], tail: [], slice: { _ in chunks })
            await #expect(throws: AccordError.internalError) { try await store.storage.put(file, at: key) }
            #expect(store.files.count == 1)
            let url = try store.link(to: key, fileName: "a.pdf", expiresIn: .seconds(60))
            #expect(try await bytes(of: store.download(url)) == [1])
        }
    }

    @Test func `a folder that went away is unavailable`() async throws {
        try await withStore { store in
            try await store.storage.checkReadiness()
            try FileManager.default.removeItem(atPath: store.folder)
            await #expect(throws: AccordError.storageUnavailable) {
                try await store.storage.put(StoredFile(bytes: [1]), at: key)
            }
            await #expect(throws: AccordError.storageUnavailable) { try await store.storage.checkReadiness() }
        }
    }

    @Test func `a file and its folders are only their owner's`() async throws {
        try await withStore { store in
            try await store.storage.put(StoredFile(bytes: [1]), at: key)
            let path = "\(store.folder)/\(store.files[0])"
            for (path, mode) in [(path, 0o600), (store.folder, 0o700), (store.folder + "/acme", 0o700)] {
                let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
                #expect(permissions as? Int == mode, "\(path)")
            }
        }
    }

    @Test func `puts at the same time under one key leave one of the files, whole`() async throws {
        try await withStore { store in
            let storage = store.storage
            try await withThrowingTaskGroup { group in
                for value in UInt8(0)..<16 {
                    let file = StoredFile(bytes: [UInt8](repeating: value, count: 300_000))
                    group.addTask { try await storage.put(file, at: key) }
                }
                try await group.waitForAll()
            }
            let url = try store.link(to: key, fileName: "a.pdf", expiresIn: .seconds(60))
            let found = try #require(try await bytes(of: store.download(url)))
            #expect(found.count == 300_000)
            #expect(Set(found).count == 1)
            #expect(store.files.count == 1)
        }
    }
}
