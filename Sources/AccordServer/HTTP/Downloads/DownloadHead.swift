import AccordCore
import FoundationEssentials
import GraphQLHTTP
import HTTPTypes
import HummingbirdCore
import S3

/// What a request for an agreement's file is answered with, as far as that follows from its row.
struct DownloadHead {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    /// What is read from the storage; nil when nothing is.
    let wantedFile: (range: ClosedRange<Int>?, length: Int)?

    /// Decides by the request's conditions (RFC 9110 §13.2.2): first `If-None-Match`, then `If-Range` and `Range`. The
    /// conditions are about GET; HEAD has no ranges, and asks nothing of the storage.
    init(_ agreement: Agreement, _ request: Request) {
        let tag = EntityTag(sha256: agreement.fileSHA)
        let size = agreement.fileSize
        var headers: HTTPFields = [
            .eTag: tag.text,
            // Kept by the browser of whoever asked, and not shown again without asking whether they still may.
            .cacheControl: "private, no-cache",
        ]
        if tag.isIn(ifNoneMatch: request.headers.value(of: .ifNoneMatch)) {
            headers[.contentLength] = String(size)
            (status, self.headers, wantedFile) = (.notModified, headers, nil)
            return
        }
        headers[.acceptRanges] = "bytes"
        let mayBePart = request.method == .get && tag.allowsRange(ifRange: request.headers.value(of: .ifRange))
        let range = RequestedRange(mayBePart ? request.headers.value(of: .range) : nil, size: size)
        if range == .unsatisfiable {
            headers[.contentRange] = "bytes */\(size)"
            headers[.contentLength] = "0"
            (status, self.headers, wantedFile) = (.rangeNotSatisfiable, headers, nil)
            return
        }
        headers[.contentType] = "application/pdf"
        headers[.contentDisposition] = ContentDisposition.attachment(fileName: agreement.fileName)
        headers[.xContentTypeOptions] = "nosniff"
        if case .part(let part) = range {
            headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound)/\(size)"
            headers[.contentLength] = String(part.count)
            (status, wantedFile) = (.partialContent, (part, part.count))
        } else {
            headers[.contentLength] = String(size)
            (status, wantedFile) = (.ok, request.method == .get ? (nil, size) : nil)
        }
        self.headers = headers
    }

    /// The answer.
    func response(body: ResponseBody = ResponseBody()) -> Response {
        Response(status: status, headers: headers, body: body)
    }
}
