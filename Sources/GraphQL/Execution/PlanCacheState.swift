/// What a `PlanCache` decides: a plain value. A step takes time in proportion to the text that is compared, and to what
/// is given up, which are at most `maximumVictims` entries.
///
/// Entries are in a list from the one used last to the one to be given up first. Which of two documents is worth its
/// room, the sketch of frequencies tells (as in TinyLFU, by G. Einziger, R. Friedman and B. Manes).
struct PlanCacheState<Operation: Sendable>: Sendable {
    private struct Entry {
        /// Nil for an entry that is free.
        var content: (key: DocumentKey, operation: Operation)?
        var bytes: Int
        /// Neighbours in the list; -1 for none.
        var newer = -1
        var older = -1
    }

    private let maximumBytes: Int
    private var sketch: FrequencySketch
    private var positions: [DocumentKey: Int] = [:]
    private var entries: ContiguousArray<Entry> = []
    private var free: [Int] = []
    private var newest = -1
    private var oldest = -1
    private(set) var statistics = PlanCache.Statistics()

    /// What an entry takes besides its operation: list, dictionary, key.
    private static var overhead: Int { 256 }
    /// One large newcomer is not worth more entries than this.
    private static var maximumVictims: Int { 64 }

    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
        // More counters than there can be entries, since the documents that are not kept are counted, too.
        var width = 1 << 13
        while width < maximumBytes / 512, width < 1 << 17 { width *= 2 }
        sketch = FrequencySketch(width: width)
    }

    /// The operation of a key, which becomes the newest; nil when there is none.
    mutating func find(_ key: DocumentKey) -> Operation? {
        sketch.add(key.hash)
        guard let position = positions[key] else {
            statistics.misses += 1
            return nil
        }
        statistics.hits += 1
        unlink(position)
        linkAsNewest(position)
        return entries[position].content?.operation
    }

    /// Keeps an operation, if it is worth its room and there is none for the key.
    ///
    /// - Returns: the operation that is to be used, which is the one that is kept already if there is one, and those
    ///   that were given up.
    mutating func insert(
        _ operation: Operation, bytes: Int, for key: DocumentKey
    ) -> (operation: Operation, victims: [Operation]) {
        let bytes = bytes + key.bytes + Self.overhead
        if let known = positions[key].flatMap({ entries[$0].content }) { return (known.operation, []) }
        guard let victims = makeRoom(for: bytes, key) else {
            statistics.rejections += 1
            return (operation, [])
        }
        let entry = Entry(content: (key, operation), bytes: bytes)
        let position = free.popLast() ?? entries.count
        if position == entries.count { entries.append(entry) } else { entries[position] = entry }
        positions[key] = position
        linkAsNewest(position)
        statistics.admissions += 1
        statistics.count += 1
        statistics.bytes += bytes
        return (operation, victims)
    }

    /// Gives up the oldest entries until there is room; nil when one of them was asked for as often as the newcomer,
    /// or more. Then nothing is given up.
    private mutating func makeRoom(for bytes: Int, _ key: DocumentKey) -> [Operation]? {
        guard bytes <= maximumBytes / 4 else { return nil }
        let frequency = sketch.count(key.hash)
        var needed = statistics.bytes + bytes - maximumBytes
        var victims: [Int] = []
        var position = oldest
        while needed > 0, position >= 0 {
            guard victims.count < Self.maximumVictims, let victim = entries[position].content,
                sketch.count(victim.key.hash) < frequency
            else { return nil }
            victims.append(position)
            needed -= entries[position].bytes
            position = entries[position].newer
        }
        return victims.compactMap { remove($0) }
    }

    private mutating func remove(_ position: Int) -> Operation? {
        guard let (key, operation) = entries[position].content else { return nil }
        unlink(position)
        positions[key] = nil
        statistics.evictions += 1
        statistics.count -= 1
        statistics.bytes -= entries[position].bytes
        entries[position] = Entry(content: nil, bytes: 0)
        free.append(position)
        return operation
    }

    private mutating func unlink(_ position: Int) {
        let (newer, older) = (entries[position].newer, entries[position].older)
        if newer >= 0 { entries[newer].older = older } else { newest = older }
        if older >= 0 { entries[older].newer = newer } else { oldest = newer }
    }

    private mutating func linkAsNewest(_ position: Int) {
        entries[position].newer = -1
        entries[position].older = newest
        if newest >= 0 { entries[newest].newer = position } else { oldest = position }
        newest = position
    }
}
