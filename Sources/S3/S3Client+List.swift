internal import Curl
package import FoundationEssentials

/// Some of a bucket's objects.
package struct ObjectListing: Sendable {
    package struct Object: Sendable, Hashable {
        package let key: String
        /// In bytes.
        package let size: Int
        package let lastModified: Date

        package init(key: String, size: Int, lastModified: Date) {
            self.key = key
            self.size = size
            self.lastModified = lastModified
        }
    }

    package let objects: [Object]
    /// What the next page is asked for with; nil after the last.
    package let nextContinuationToken: String?
}

extension S3Client {
    /// The objects whose keys begin with a prefix, a page at a time: at most a thousand, or as many as the store likes.
    ///
    /// S3: ListObjectsV2
    ///
    /// - Parameters:
    ///   - prefix: What the keys begin with.
    ///   - continuationToken: What the page before ended with; nil for the first.
    /// - Returns: The objects, and how to go on.
    /// - Throws: ``S3Error``; ``S3Error/objectTooLarge`` for a page of more than 256 MiB.
    package func listObjects(prefix: String, continuationToken: String? = nil) async throws(S3Error) -> ObjectListing {
        var parameters = [(name: "list-type", value: "2"), (name: "prefix", value: prefix)]
        if let continuationToken { parameters.append((name: "continuation-token", value: continuationToken)) }
        var call = S3Call(method: .get, path: configuration.address.bucketPath, query: parameters)
        call.maximumResponseBytes = Self.maximumPageBytes
        return try ObjectListing(try await perform(call).body)
    }

    /// A thousand keys of 1,024 bytes, all of them entities, are 6 MB; some stores send more keys than they were asked for.
    private static let maximumPageBytes = 256 << 20
}

extension ObjectListing {
    /// Reads the document. No XML parser: see ``ErrorDocument``.
    ///
    /// - Throws: ``S3Error/invalidRequest(_:)`` for one that has an object without key, size or time.
    init(_ document: [UInt8]) throws(S3Error) {
        var objects: [Object] = []
        var rest = document[...]
        var head = rest
        while let start = rest.range(of: "<Contents>"), let end = rest[start.upperBound...].range(of: "</Contents>") {
            if objects.isEmpty { head = rest[..<start.lowerBound] }
            let element = ErrorDocument(Array(rest[start.upperBound..<end.lowerBound]))
            guard let key = element.text(of: "Key"), let size = element.text(of: "Size").flatMap({ Int($0) }),
                let time = element.text(of: "LastModified").flatMap(Self.date)
            else { throw .invalidRequest("The list has an object without key, size or time.") }
            objects.append(Object(key: key, size: size, lastModified: time))
            rest = rest[end.upperBound...]
        }
        // Stores differ in where they put it: before the objects, or after them.
        let around = ErrorDocument(Array(head) + Array(objects.isEmpty ? [] : rest))
        self.objects = objects
        self.nextContinuationToken =
            around.text(of: "IsTruncated") == "true" ? around.text(of: "NextContinuationToken") : nil
    }

    /// ISO 8601 in UTC, with fractions of a second or without.
    private static func date(_ text: String) -> Date? {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
        return try? style.parse(text)
    }
}

extension ArraySlice<UInt8> {
    /// Where a text is first.
    fileprivate func range(of text: StaticString) -> Range<Int>? {
        let count = text.utf8CodeUnitCount
        guard self.count >= count else { return nil }
        let pattern = Array(String(describing: text).utf8)
        var index = startIndex
        while index <= endIndex - count {
            guard let first = self[index...].firstIndex(of: pattern[0]), first <= endIndex - count else { return nil }
            if self[first..<first + count].elementsEqual(pattern) { return first..<first + count }
            index = first + 1
        }
        return nil
    }
}
