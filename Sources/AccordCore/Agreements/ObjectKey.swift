/// Where an agreement's file is in the object storage: `{tenant url}/agreements/{connected org}/{file name}`.
///
/// Keys are made here and nowhere else. A key holds plain Unicode; percent-encoding is for those who put it into a
/// URL or a path.
package struct ObjectKey: Hashable, Sendable, CustomStringConvertible {
    /// The key, not encoded.
    package let description: String

    /// The most code points in a key: the column is `varchar(500)`.
    package static let maximumLength = 500
    /// The most bytes of UTF-8 in a key (Amazon S3, "Object key naming guidelines").
    package static let maximumBytes = 1_024
    /// The most bytes of UTF-8 that the file name in a key takes: a download link holds the key and the name, encoded, and
    /// many servers refuse request lines of more than 8 KiB.
    package static let maximumNameBytes = 600

    /// The key of a tenant's agreement with an organization.
    ///
    /// Where the whole would be longer than the column, S3 or a link takes, the file name in it is cut; the agreement keeps
    /// its full name. Two names that are cut to the same key replace each other, as two equal names do: there is one
    /// agreement for each organization.
    ///
    /// - Precondition: The tenant's url is at most `Tenant.maximumURLLength` bytes long; its adapter sees to it.
    package init(tenant: Tenant, connectedOrgID: ConnectedOrgID, fileName: FileName) {
        let prefix = "\(tenant.url)/agreements/\(connectedOrgID)/"
        let name = fileName.cut(
            codePoints: Self.maximumLength - prefix.unicodeScalars.count,
            bytes: min(Self.maximumNameBytes, Self.maximumBytes - prefix.utf8.count)
        )
        description = prefix + name
    }

    /// Where a copy of a file is kept until it is not needed any more: `{tenant url}/recovery/{intent}`.
    init(copyOf intent: IntentID, tenant: Tenant) { description = "\(tenant.url)/recovery/\(intent)" }

    /// A key as a row holds it.
    package init(stored key: String) { description = key }
}

extension ObjectKey {
    /// Whether two keys are the same bytes, as a storage sees it. `String` would call two spellings of `ü` equal.
    package static func == (left: ObjectKey, right: ObjectKey) -> Bool {
        left.description.utf8.elementsEqual(right.description.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in description.utf8 { hasher.combine(byte) }
    }
}
