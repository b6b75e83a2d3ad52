import AccordAdapters
import AccordCore
import AccordDevelopment
import FoundationEssentials
import S3
import Synchronization
import TestSupport
import Testing

/// A row always has its object, whatever fails and whenever.
@Suite(.enabled(if: S3Server.isInstalled, "\(S3Server.missing)"), .timeLimit(.minutes(5)))
struct AgreementFaultTests {
    /// The S3 server's bucket behind switches.
    private final class Faulty: ObjectStorage {
        enum Operation { case put, delete }

        let storage: S3ObjectStorage
        private let failing = Mutex<Set<Operation>>([])

        init() async throws {
            storage = S3ObjectStorage(client: try await AgreementScene.bucket, logger: .quiet)
        }

        /// From now on these fail, and no others.
        func fail(_ operations: Set<Operation>) { failing.withLock { $0 = operations } }

        private func check(_ operation: Operation) throws(AccordError) {
            if failing.withLock({ $0.contains(operation) }) { throw .storageUnavailable }
        }

        func put(_ file: StoredFile, at key: ObjectKey, fileName: String) async throws(AccordError) {
            try check(.put)
            try await storage.put(file, at: key, fileName: fileName)
        }

        func delete(_ key: ObjectKey) async throws(AccordError) {
            try check(.delete)
            try await storage.delete(key)
        }

        func open(_ key: ObjectKey, range: ClosedRange<Int>?) async throws(AccordError) -> StoredContent? {
            try await storage.open(key, range: range)
        }

        func downloadURL(
            of key: ObjectKey, fileName: String, expiresIn: Duration, at time: Date
        ) throws(AccordError) -> String {
            try storage.downloadURL(of: key, fileName: fileName, expiresIn: expiresIn, at: time)
        }

        func linkLifetime(_ wanted: Duration, at time: Date) -> Duration { storage.linkLifetime(wanted, at: time) }

        func checkReadiness() async throws(AccordError) { try await storage.checkReadiness() }
    }

    /// Makes every COMMIT of a change to the first tenant's agreements fail, after all its statements succeeded.
    private func refuseCommits() async throws {
        try await TestTenants.current.first.database.execute(
            """
            CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'refused at commit' USING ERRCODE = '53100'; END $$;
            CREATE CONSTRAINT TRIGGER refuse AFTER INSERT OR UPDATE OR DELETE ON connect_pos.agreements
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.refuse();
            """)
    }

    private let old = TestFile.pdf("", seed: 1).bytes
    private let new = TestFile.pdf("", seed: 2).bytes

    @Test(.tenants, arguments: ["other.pdf", "same.pdf"])
    func `a storage that fails during a replacement leaves the old agreement`(name: String) async throws {
        let storage = try await Faulty()
        try await withScene(storage: storage) { scene async throws in
            let other = try await scene.connect()
            let agreement = try await scene.upload(.pdf("same.pdf", seed: 1), to: other)
            storage.fail([.put, .delete])
            await #expect(throws: AccordError.storageUnavailable) {
                try await scene.upload(.pdf(name, seed: 2), to: other)
            }
            #expect(try await scene.row(other) == agreement)
            #expect(try await scene.object("same.pdf", other) == old)
            #expect(try await scene.object("other.pdf", other) == nil)
        }
    }

    @Test(.tenants, arguments: ["other.pdf", "same.pdf"])
    func `a row that is refused leaves the old agreement`(name: String) async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let agreement = try await scene.upload(.pdf("same.pdf", seed: 1), to: other)
            try await TestTenants.current.first.database.execute(
                "REVOKE INSERT, UPDATE ON connect_pos.agreements FROM accord_app")
            await #expect(throws: AccordError.internalError) {
                try await scene.upload(.pdf(name, seed: 2), to: other)
            }
            #expect(try await scene.row(other) == agreement)
            #expect(try await scene.object("same.pdf", other) == old)
            #expect(try await scene.object("other.pdf", other) == nil)
        }
    }

    @Test(.tenants) func `a first upload that is not committed leaves nothing`() async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            try await refuseCommits()
            await #expect(throws: AccordError.databaseUnavailable) {
                try await scene.upload(.pdf("a.pdf"), to: other)
            }
            #expect(try await scene.row(other) == nil)
            #expect(try await scene.object("a.pdf", other) == nil)
            #expect(scene.orphans.keys == [])
        }
    }

    @Test(.tenants) func `a replacement that is not committed leaves the old agreement`() async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let agreement = try await scene.upload(.pdf("old.pdf", seed: 1), to: other)
            try await refuseCommits()
            await #expect(throws: AccordError.databaseUnavailable) {
                try await scene.upload(.pdf("new.pdf", seed: 2), to: other)
            }
            #expect(try await scene.row(other) == agreement)
            #expect(try await scene.object("old.pdf", other) == old)
            #expect(try await scene.object("new.pdf", other) == nil)
        }
    }

    /// The one case in which the row describes another file than there is: the key is the same, so storing the new file
    /// took the old one's place. The agreement still has a document, the one the customer sent last.
    @Test(.tenants) func `a replacement under the same name that is not committed keeps a document`() async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let agreement = try await scene.upload(.pdf("same.pdf", seed: 1), to: other)
            try await refuseCommits()
            await #expect(throws: AccordError.databaseUnavailable) {
                try await scene.upload(.pdf("same.pdf", seed: 2), to: other)
            }
            #expect(try await scene.row(other) == agreement)
            #expect(try await scene.object("same.pdf", other) == new)
        }
    }

    @Test(.tenants) func `an old object that can't be removed does not fail the upload`() async throws {
        let storage = try await Faulty()
        try await withScene(storage: storage) { scene async throws in
            let other = try await scene.connect()
            let first = try await scene.upload(.pdf("old.pdf", seed: 1), to: other)
            storage.fail([.delete])
            let second = try await scene.upload(.pdf("new.pdf", seed: 2), to: other)
            #expect(try await scene.row(other) == second)
            #expect(try await scene.object("new.pdf", other) == new)
            #expect(scene.orphans.keys == [first.key])
        }
    }

    @Test(.tenants) func `delete while storage is down gives an error and changes nothing`() async throws {
        let storage = try await Faulty()
        try await withScene(storage: storage) { scene async throws in
            let other = try await scene.connect()
            let agreement = try await scene.upload(.pdf("a.pdf", seed: 1), to: other)
            storage.fail([.put, .delete])
            await #expect(throws: AccordError.storageUnavailable) { try await scene.delete(other) }
            #expect(try await scene.row(other) == agreement)
            #expect(try await scene.object("a.pdf", other) == old)
            storage.fail([])
            try await scene.delete(other)
            #expect(try await scene.row(other) == nil)
            #expect(try await scene.object("a.pdf", other) == nil)
        }
    }

    @Test(.tenants) func `a deletion that is not committed changes nothing`() async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let agreement = try await scene.upload(.pdf("a.pdf", seed: 1), to: other)
            try await refuseCommits()
            await #expect(throws: AccordError.databaseUnavailable) { try await scene.delete(other) }
            #expect(try await scene.row(other) == agreement)
            #expect(try await scene.object("a.pdf", other) == old)
        }
    }

    @Test(.tenants) func `an upload cancelled before the file has arrived leaves nothing`() async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let file = TestFile("a.pdf", TestFile.pdf("").bytes) {
                unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
            }
            let outcome = await Task { () -> AccordError? in
                do throws(AccordError) {
                    _ = try await scene.upload(file, to: other)
                    return nil
                } catch {
                    return error
                }
            }.value
            #expect(outcome == .timeout)
            #expect(try await scene.row(other) == nil)
            #expect(try await scene.object("a.pdf", other) == nil)
        }
    }

    /// With two names in turn, one upload removes as "old" the object that another has just stored under that name,
    /// unless the whole change is one at a time.
    @Test(.tenants) func `uploads and deletions at the same time leave a row with its object, or neither`() async throws
    {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            for round in 0..<5 {
                await withTaskGroup { group in
                    for index in 0..<12 {
                        group.addTask {
                            // Deleting what is not there, or not any more, is a fair answer here.
                            if index % 4 == 3 {
                                try? await scene.delete(other)
                            } else {
                                let name = ["a.pdf", "b.pdf", "c.pdf"][index % 3]
                                _ = try? await scene.upload(.pdf(name, seed: UInt8(round * 12 + index)), to: other)
                            }
                        }
                    }
                }
                let row = try await scene.row(other)
                for name in ["a.pdf", "b.pdf", "c.pdf"] {
                    let object = try await scene.object(name, other)
                    let sha = object.map { StoredFile(bytes: $0).sha256 }
                    #expect(sha == (row?.fileName == name ? row?.fileSHA : nil), "\(name) in round \(round)")
                }
            }
        }
    }
}
