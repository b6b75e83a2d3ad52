/// Distinct names, numbered in the order of their first appearance.
///
/// A document has one, whose spellings lie in the document's source; a schema has one of its own, filled by
/// `insert(_:)`. All tables of a process hash alike, so the names of a document are looked up in a schema by the
/// hashes that the parser computed, without making a `String`.
package struct NameTable: Sendable {
    /// Where the spellings lie, with `Source.padding` behind the last.
    private var bytes: ContiguousArray<UInt8>
    private var names = ContiguousArray<HashedName>()
    /// Open addressing: one more than the ID of a name, or zero. The count is a power of two, at most half of it used.
    private var slots: ContiguousArray<UInt32>

    /// An empty table, to be filled by `insert(_:)`.
    package init() {
        self.init(source: Source(""), capacity: 32)
    }

    /// A table for names that lie in `source`, with room for `capacity` of them before it grows.
    init(source: Source, capacity: Int) {
        bytes = source.bytes
        slots = ContiguousArray(filledWith: 0, count: NameTable.slotCount(for: capacity))
        names.reserveCapacity(capacity)
    }

    /// A table with room for the names of an ordinary document: short ones hardly repeat any, long ones most.
    init(document source: Source) {
        self.init(source: source, capacity: min(source.count / 12, 128 + source.count / 64))
    }

    /// The number of names. Their IDs are `0..<count`.
    package var count: Int { names.count }

    package func string(_ id: NameID) -> String {
        String(decoding: spelling(of: id), as: UTF8.self)
    }

    /// The bytes of a name.
    package func spelling(of id: NameID) -> ArraySlice<UInt8> {
        let name = names[id.position]
        return bytes[Int(name.offset)..<Int(name.offset + name.length)]
    }

    /// The ID of the name spelled `text`; nil when this table has none.
    package func find(_ text: String) -> NameID? {
        let hash = HashedName(text.utf8.span).hash
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while let id = id(in: slot) {
            if names[id.position].hash == hash, spelling(of: id).elementsEqual(text.utf8) { return id }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// The ID here of a name of `other`; nil when this table has none.
    package func find(_ id: NameID, of other: NameTable) -> NameID? {
        find(other.names[id.position], in: other.bytes)
    }

    /// For each name of `other`, by its ID there, its ID here: `.none` for a name that this table does not have.
    package func ids(of other: NameTable) -> ContiguousArray<NameID> {
        ContiguousArray(other.names.map { find($0, in: other.bytes) ?? .none })
    }

    /// The ID of the name spelled `text`, which is added if it is new.
    @discardableResult
    package mutating func insert(_ text: String) -> NameID {
        if let id = find(text) { return id }
        let offset = bytes.count - Source.padding
        bytes.replaceSubrange(offset..., with: Source(text).bytes)
        return intern(HashedName(text.utf8.span, offset: offset))
    }

    /// The ID of a name that lies in the table's source, which is added if it is new.
    @inline(__always)
    mutating func intern(_ name: HashedName) -> NameID {
        let slot = slot(of: name, in: bytes)
        return id(in: slot) ?? append(name, in: slot)
    }

    /// The ID of a name that lies in `text`, which is padded like a `Source`; nil when this table has none.
    @inline(__always)
    func find(_ name: HashedName, in text: ContiguousArray<UInt8>) -> NameID? {
        id(in: slot(of: name, in: text))
    }

    // MARK: Slots

    @inline(__always)
    private func id(in slot: Int) -> NameID? {
        slots[slot] == 0 ? nil : NameID(slots[slot] - 1)
    }

    /// The slot that holds a name of `text`, or the free one where it belongs.
    @inline(__always)
    private func slot(of name: HashedName, in text: ContiguousArray<UInt8>) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: name.hash) & mask
        while let id = id(in: slot), !name.isEqual(in: text, to: names[id.position], in: bytes) {
            slot = (slot + 1) & mask
        }
        return slot
    }

    private mutating func append(_ name: HashedName, in slot: Int) -> NameID {
        names.append(name)
        slots[slot] = UInt32(names.count)
        if names.count * 2 > slots.count { grow() }
        return NameID(UInt32(names.count - 1))
    }

    private mutating func grow() {
        slots = ContiguousArray(filledWith: 0, count: NameTable.slotCount(for: names.count * 2))
        let mask = slots.count - 1
        for (position, name) in names.enumerated() {
            var slot = Int(truncatingIfNeeded: name.hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(position + 1)
        }
    }

    /// The power of two that leaves half of the slots free.
    private static func slotCount(for capacity: Int) -> Int {
        let needed = max(capacity, 8) * 2
        return 1 << (Int.bitWidth - (needed - 1).leadingZeroBitCount)
    }
}
