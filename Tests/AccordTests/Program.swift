import AccordDevelopment
import Foundation

/// Other people's programs: curl, openssl, a Python.
enum Program {
    /// Runs a program to its end, within so many seconds.
    ///
    /// - Returns: The exit status, 124 for one that took longer, and what was printed, errors included.
    static func run(
        _ program: String, _ arguments: [String], within seconds: Int = 240
    ) async throws -> (status: Int32, output: String) {
        try await withCheckedThrowingContinuation { continuation in
            // Reading blocks.
            Thread.detachNewThread {
                do {
                    var printed: FileHandle?
                    let process = try Process.start { process in
                        process.executableURL = URL(filePath: "/usr/bin/env")
                        process.arguments = ["timeout", "\(seconds)", program] + arguments
                        process.standardInput = FileHandle.nullDevice
                        let output = Pipe()
                        process.standardOutput = output
                        process.standardError = output
                        printed = output.fileHandleForReading
                    }
                    let bytes = try printed?.readToEnd() ?? Data()
                    process.waitUntilExit()
                    continuation.resume(returning: (process.terminationStatus, String(decoding: bytes, as: UTF8.self)))
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }
}
