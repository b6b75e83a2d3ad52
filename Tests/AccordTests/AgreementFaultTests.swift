import AccordAdapters
import AccordCore
import AccordDevelopment
import S3
import TestSupport
import Testing

/// A row always has its object, whatever fails and whenever.
@Suite(.enabled(if: S3Server.isInstalled, "\(S3Server.missing)"), .timeLimit(.minutes(5)))
struct AgreementFaultTests {
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
        let storage = try await FaultyStorage()
        try await withScene(storage: storage) { scene async throws in
            let other = try await scene.connect()
            let agreement = try await scene.upload(.pdf("same.pdf", seed: 1), to: other)
            storage.fail(.put, .delete)
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
            #expect(scene.leftovers.intents == [])
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

    @Test(.tenants) func `a replacement under the same name that is not committed brings the old file back`()
        async throws
    {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let agreement = try await scene.upload(.pdf("same.pdf", seed: 1), to: other)
            try await refuseCommits()
            await #expect(throws: AccordError.databaseUnavailable) {
                try await scene.upload(.pdf("same.pdf", seed: 2), to: other)
            }
            #expect(try await scene.row(other) == agreement)
            #expect(try await scene.object("same.pdf", other) == old)
            #expect(try await scene.intents(other) == [])
        }
    }

    /// The session ends at the COMMIT, once.
    @Test(.tenants, arguments: ["other.pdf", "same.pdf"])
    func `a replacement whose commit is lost with its connection is committed again`(name: String) async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            _ = try await scene.upload(.pdf("same.pdf", seed: 1), to: other)
            try await TestTenants.current.first.database.execute(
                """
                CREATE SEQUENCE public.commits;
                GRANT USAGE ON SEQUENCE public.commits TO accord_app;
                CREATE FUNCTION public.lose() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN
                        IF nextval('public.commits') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
                        RETURN NULL;
                    END $$;
                CREATE CONSTRAINT TRIGGER lose AFTER INSERT OR UPDATE OR DELETE ON connect_pos.agreements
                    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.lose();
                """)
            let agreement = try await scene.upload(.pdf(name, seed: 2), to: other)
            #expect(try await scene.row(other) == agreement)
            #expect(try await scene.object(name, other) == new)
            #expect(try await scene.object("same.pdf", other) == (name == "same.pdf" ? new : nil))
            #expect(try await scene.intents(other) == [])
        }
    }

    @Test(.tenants, arguments: ["other.pdf", "same.pdf"])
    func `a replacement whose answer is lost leaves the old agreement`(name: String) async throws {
        let storage = try await FaultyStorage()
        try await withScene(storage: storage) { scene async throws in
            let other = try await scene.connect()
            let agreement = try await scene.upload(.pdf("same.pdf", seed: 1), to: other)
            storage.fail(.put, by: .answerLost)
            await #expect(throws: AccordError.storageUnavailable) {
                try await scene.upload(.pdf(name, seed: 2), to: other)
            }
            #expect(try await scene.row(other) == agreement)
            #expect(try await scene.object("same.pdf", other) == old)
            #expect(try await scene.object("other.pdf", other) == nil)
            // It might still come.
            #expect(try await scene.intents(other).filter { $0.action == .put }.map(\.state) == [.undone])
        }
    }

    @Test(.tenants) func `a deletion whose answer is lost leaves the agreement`() async throws {
        let storage = try await FaultyStorage()
        try await withScene(storage: storage) { scene async throws in
            let other = try await scene.connect()
            let agreement = try await scene.upload(.pdf("a.pdf", seed: 1), to: other)
            storage.fail(.delete, by: .answerLost)
            await #expect(throws: AccordError.storageUnavailable) { try await scene.delete(other) }
            #expect(try await scene.row(other) == agreement)
            #expect(try await scene.object("a.pdf", other) == old)
        }
    }

    @Test(.tenants) func `an upload of what is there is not stored again, unless it is gone`() async throws {
        let storage = try await FaultyStorage()
        try await withScene(storage: storage) { scene async throws in
            let other = try await scene.connect()
            let agreement = try await scene.upload(.pdf("a.pdf", seed: 1), to: other)
            #expect(try await scene.upload(.pdf("a.pdf", seed: 1), to: other) == agreement)
            #expect(storage.count(.put) == 1)
            try await AgreementScene.bucket.deleteObject(key: agreement.key.description)
            #expect(try await scene.upload(.pdf("a.pdf", seed: 1), to: other).id == agreement.id)
            #expect(storage.count(.put) == 2)
            #expect(try await scene.object("a.pdf", other) == old)
            #expect(try await scene.upload(.pdf("b.pdf", seed: 1), to: other).fileName == "b.pdf")
            #expect(storage.count(.put) == 3)
        }
    }

    @Test(.tenants) func `an old object that can't be removed does not fail the upload`() async throws {
        let storage = try await FaultyStorage()
        try await withScene(storage: storage) { scene async throws in
            let other = try await scene.connect()
            let first = try await scene.upload(.pdf("old.pdf", seed: 1), to: other)
            storage.fail(.delete)
            let second = try await scene.upload(.pdf("new.pdf", seed: 2), to: other)
            #expect(try await scene.row(other) == second)
            #expect(try await scene.object("new.pdf", other) == new)
            #expect(scene.leftovers.intents.map(\.previous?.key) == [first.key])
            storage.fail()
            _ = try await scene.recovery.recover(scene.viewer.tenant)
            #expect(try await scene.object("old.pdf", other) == nil)
            #expect(try await scene.object("new.pdf", other) == new)
        }
    }

    @Test(.tenants) func `delete while storage is down gives an error and changes nothing`() async throws {
        let storage = try await FaultyStorage()
        try await withScene(storage: storage) { scene async throws in
            let other = try await scene.connect()
            let agreement = try await scene.upload(.pdf("a.pdf", seed: 1), to: other)
            storage.fail(.put, .delete)
            await #expect(throws: AccordError.storageUnavailable) { try await scene.delete(other) }
            #expect(try await scene.row(other) == agreement)
            #expect(try await scene.object("a.pdf", other) == old)
            storage.fail()
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
