internal import Crypto
import Curl

/// Large objects, uploaded in parts, several at a time. Each part is signed with its own SHA-256.
///
/// Amazon S3 User Guide: Uploading and copying objects using multipart upload
extension S3Client {
    /// In bytes. S3 wants at least 5 MiB for all but the last, and at most 10,000 parts.
    private static let partLength = 8 << 20
    private static let partsAtATime = 4

    /// Stores an object in parts. When that fails, or its task is cancelled, the parts that are there are given up.
    ///
    /// - Parameters:
    ///   - object: What is stored.
    ///   - onlyIfNew: Whether one that is there stays.
    ///   - sendings: Counts those of the request that makes the object.
    ///   - deadline: When it is given up.
    /// - Returns: False, with nothing done, when the store can't take parts.
    /// - Throws: ``S3Error``.
    func putInParts(
        _ object: NewObject, onlyIfNew: Bool, _ sendings: Sendings, _ deadline: ContinuousClock.Instant
    ) async throws(S3Error) -> Bool {
        guard let upload = try await createMultipartUpload(object, deadline) else { return false }
        do throws(S3Error) {
            let eTags = try await uploadParts(of: object, to: upload, deadline)
            try await completeMultipartUpload(upload, of: object, eTags, onlyIfNew: onlyIfNew, sendings, deadline)
            return true
        } catch {
            // A task of its own, since this one may be cancelled, and the parts would be paid for until somebody looks.
            await Task { await abort(upload) }.value
            throw error
        }
    }

    /// An upload that has begun.
    private struct MultipartUpload: Sendable {
        /// Of the key, encoded.
        let path: String
        let id: String
    }

    /// S3: CreateMultipartUpload
    ///
    /// - Returns: Nil when the store doesn't know the call.
    private func createMultipartUpload(
        _ object: NewObject, _ deadline: ContinuousClock.Instant
    ) async throws(S3Error) -> MultipartUpload? {
        var call = S3Call(method: .post, path: configuration.address.path(of: object.key))
        call.query = [(name: "uploads", value: "")]
        call.headers = headers(of: object)
        call.deadline = deadline
        // Twice would leave one behind.
        call.isIdempotent = false
        do throws(S3Error) {
            let response = try await perform(call)
            guard let id = ErrorDocument(response.body).text(of: "UploadId"), !id.isEmpty else { return nil }
            return MultipartUpload(path: call.path, id: id)
        } catch {
            // A file server has nothing to POST to, and doesn't say so as S3 says that something is missing.
            guard case .refused(let status, let code, _) = error,
                [405, 501].contains(status) || (status == 404 && code.isEmpty)
            else { throw error }
            return nil
        }
    }

    /// Uploads all parts; the first failure ends the others.
    ///
    /// - Returns: Their ETags, in order.
    private func uploadParts(
        of object: NewObject, to upload: MultipartUpload, _ deadline: ContinuousClock.Instant
    ) async throws(S3Error) -> [String] {
        let ranges = stride(from: 0, to: object.length, by: Self.partLength).map { start in
            start..<min(start + Self.partLength, object.length)
        }
        let outcome: Result<[String], S3Error> = await withTaskGroup(
            of: (number: Int, eTag: Result<String, S3Error>).self
        ) { group in
            var eTags = [String](repeating: "", count: ranges.count)
            var waiting = ranges.enumerated().makeIterator()
            func startNext() {
                guard let (index, range) = waiting.next() else { return }
                group.addTask {
                    do throws(S3Error) {
                        let eTag = try await uploadPart(index + 1, range, of: object, to: upload, deadline)
                        return (index, .success(eTag))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            for _ in 0..<Self.partsAtATime { startNext() }
            while let (index, eTag) = await group.next() {
                switch eTag {
                case .success(let eTag): eTags[index] = eTag
                case .failure(let error):
                    group.cancelAll()
                    return .failure(error)
                }
                startNext()
            }
            return .success(eTags)
        }
        return try outcome.get()
    }

    /// Uploads one part: reads it to hash it, and once more to send it, so that no part is ever in memory as a whole.
    ///
    /// S3: UploadPart
    private func uploadPart(
        _ number: Int, _ range: Range<Int>, of object: NewObject, to upload: MultipartUpload,
        _ deadline: ContinuousClock.Instant
    ) async throws(S3Error) -> String {
        var call = S3Call(method: .put, path: upload.path)
        call.query = [(name: "partNumber", value: String(number)), (name: "uploadId", value: upload.id)]
        call.payloadHash = try await hash(object.slice(range))
        call.body = .stream(length: range.count, chunks: object.slice(range))
        call.deadline = deadline
        let response = try await perform(call)
        guard let eTag = response.header("ETag") else {
            throw .refused(status: response.status, code: "", message: "The store gave no ETag for part \(number).")
        }
        return eTag
    }

    private func hash(
        _ chunks: any AsyncSequence<[UInt8], any Error> & Sendable
    ) async throws(S3Error) -> String {
        var hash = SHA256()
        do {
            for try await chunk in chunks { hash.update(data: chunk) }
        } catch {
            throw Task.isCancelled ? .cancelled : .bodyFailed(error)
        }
        return hash.finalize().hexadecimal
    }

    /// Makes the object of its parts.
    ///
    /// S3: CompleteMultipartUpload
    private func completeMultipartUpload(
        _ upload: MultipartUpload, of object: NewObject, _ eTags: [String], onlyIfNew: Bool, _ sendings: Sendings,
        _ deadline: ContinuousClock.Instant
    ) async throws(S3Error) {
        let parts = eTags.enumerated().map { index, eTag in
            "<Part><PartNumber>\(index + 1)</PartNumber><ETag>\(eTag.escapedForXML)</ETag></Part>"
        }
        let body = Array(
            ("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\(parts.joined())"
                + "</CompleteMultipartUpload>").utf8)
        var call = S3Call(method: .post, path: upload.path, query: [(name: "uploadId", value: upload.id)])
        call.headers = [(name: "Content-Type", value: "application/xml")]
        if onlyIfNew { call.headers.append((name: "If-None-Match", value: "*")) }
        call.body = .bytes(body)
        call.payloadHash = PayloadHash.of(body)
        call.deadline = deadline
        // The second time there is no such upload any more: then it is seen below whether the first one did it.
        call.answersEarly = true
        call.sendings = sendings
        do throws(S3Error) {
            _ = try await perform(call)
        } catch {
            switch error {
            case .unreachable, .refused(404, _, _):
                guard (try? await isStored(object)) == true else { throw error }
            default: throw error
            }
        }
    }

    /// Gives up the parts. A store that can't be reached just then keeps them, until its own rules remove them.
    ///
    /// S3: AbortMultipartUpload
    private func abort(_ upload: MultipartUpload) async {
        var call = S3Call(method: .delete, path: upload.path, query: [(name: "uploadId", value: upload.id)])
        // Somebody waits for the end of the upload.
        call.deadline = .now + .seconds(5)
        _ = try? await perform(call)
    }
}

extension String {
    /// As the text of an element (XML 1.0 §2.4).
    fileprivate var escapedForXML: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
