import Dispatch
import Glibc

/// A system call on a file that failed.
package struct FileError: Error, CustomStringConvertible {
    /// What was tried.
    package let operation: String
    /// The system's error number.
    package let code: Int32

    init(_ operation: String) {
        self.operation = operation
        self.code = errno
    }

    /// Whether the file system works and said no (full, over quota, not permitted, read-only), rather than being out of
    /// reach.
    var isRefusal: Bool { [ENOSPC, EDQUOT, EFBIG, EACCES, EPERM, EROFS].contains(code) }

    package var description: String { unsafe "\(operation): \(String(cString: strerror(code)))" }
}

/// Reading, writing and above all `fsync` block, so they run on threads of their own and never on the ones that all
/// tasks share.
enum FileThread {
    private static let queue = DispatchQueue(label: "accord.files", attributes: .concurrent)

    /// Runs blocking work. Cancellation does not interrupt it.
    static func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws(FileError) -> Value
    ) async throws(FileError) -> Value {
        let result: Result<Value, FileError> = await withCheckedContinuation { continuation in
            queue.async {
                let result: Result<Value, FileError>
                do throws(FileError) {
                    result = .success(try work())
                } catch {
                    result = .failure(error)
                }
                continuation.resume(returning: result)
            }
        }
        return try result.get()
    }
}
