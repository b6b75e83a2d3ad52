import Foundation
import Testing

@testable import AccordDevelopment

struct FolderLockTests {
    @Test func `a folder is used by one at a time`() async throws {
        try await withTemporaryFolder { folder in
            let first = try FolderLock(folder: folder)
            #expect(throws: DevelopmentError.self) { try FolderLock(folder: folder) }
            first.release()
            try FolderLock(folder: folder).release()
        }
    }
}
