package import AccordCore
package import GraphQLHTTP
import Logging

/// A file of a multipart request, as the agreements' service takes it.
extension UploadedFile: IncomingFile {
    package var suggestedName: String { fileName }

    package func received() async throws(AccordError) -> StoredFile {
        do throws(UploadError) {
            let file: SpooledFile = try await received()
            let window = PDFCheck.windowLength
            return StoredFile(
                size: file.size,
                sha256: file.sha256,
                head: try await file.read(0..<window),
                tail: try await file.read(max(0, file.size - window)..<file.size),
                slice: { range in file.chunks(ofBytes: 256 << 10, in: range) })
        } catch {
            switch error {
            case .tooLarge(let limit): throw .fileTooLarge(limit: limit)
            case .tooSlow: throw .timeout
            case .malformed(let message): throw .badUserInput(message)
            case .interrupted: throw .badUserInput("The request ended before the file did.")
            case .missing: throw .badUserInput("The file is missing in the request.")
            case .notKept(let errno):
                Logger(label: "accord.uploads").error(
                    "An upload can't be written to the temporary directory", metadata: ["errno": "\(errno)"])
                throw .internalError
            }
        }
    }
}
