import AccordCore
import Crypto
import FoundationEssentials

/// Lends an empty folder and deletes it afterwards.
func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.path + "/accord-files-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

/// Every byte of a file.
func content(_ chunks: any AsyncSequence<[UInt8], any Error> & Sendable) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in chunks { bytes += chunk }
    return bytes
}
