/// What a cache of look-ups decides: a plain value without threads and clocks.
///
/// Something is kept only while changes are listened for, and handed out only while somebody has confirmed lately that
/// they are heard. That a look-up found nothing is not kept, so strangers can't push out what is in use.
///
/// Bounded in two halves: entries go into the young half; when that is full it becomes the old one, and the old one
/// is dropped. What is used moves to the young half, so what is dropped was not used for a while.
struct LookUpCacheState<Key: Hashable & Sendable, Value: Identifiable & Sendable>: Sendable where Value.ID: Sendable {
    typealias Instant = ContinuousClock.Instant

    enum Finding {
        case known(Value)
        /// Nothing is known, or it may not be used now. What a look-up finds is kept if the generation is still the
        /// same then.
        case unknown(generation: Int)
    }

    private let halfCapacity: Int
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]
    /// Where the value with an id is.
    private var keys: [Value.ID: Key] = [:]
    /// Another one after each change: what was read before it may be what was changed.
    private var generation = 0
    /// Until when changes are heard for certain; nil while nobody listens.
    private var confirmedUntil: Instant?
    private(set) var hits = 0
    private(set) var misses = 0

    /// A cache of at most `capacity` values, an even number.
    init(capacity: Int) {
        halfCapacity = capacity / 2
    }

    /// How many values are held.
    var count: Int { young.count + old.count }

    /// Whether values are handed out.
    func isUsable(at now: Instant) -> Bool {
        confirmedUntil.map { now < $0 } ?? false
    }

    /// What is known under a key.
    mutating func find(_ key: Key, at now: Instant) -> Finding {
        guard isUsable(at: now), let value = use(key) else {
            misses += 1
            return .unknown(generation: generation)
        }
        hits += 1
        return .known(value)
    }

    /// Keeps what a look-up has found that began in a generation.
    mutating func insert(_ value: Value, for key: Key, generation: Int) {
        guard generation == self.generation, confirmedUntil != nil, halfCapacity > 0 else { return }
        if let known = young[key] ?? old[key] { remove(known.id) }
        remove(value.id)
        keep(value, for: key)
    }

    /// Every change that happens up to an instant will be told of, or is too young to matter.
    mutating func confirm(until instant: Instant) {
        // What happened before somebody listened, nobody has told.
        if confirmedUntil == nil { changed() }
        confirmedUntil = instant
    }

    /// Nobody listens any more.
    mutating func stop() {
        confirmedUntil = nil
        changed()
    }

    /// A value isn't what it was.
    mutating func changed(_ id: Value.ID) {
        generation += 1
        remove(id)
    }

    /// Any value may not be what it was.
    mutating func changed() {
        generation += 1
        (young, old, keys) = ([:], [:], [:])
    }

    private mutating func use(_ key: Key) -> Value? {
        if let value = young[key] { return value }
        guard let value = old.removeValue(forKey: key) else { return nil }
        keep(value, for: key)
        return value
    }

    private mutating func keep(_ value: Value, for key: Key) {
        if young.count >= halfCapacity {
            for value in old.values { keys[value.id] = nil }
            old = young
            young = [:]
        }
        young[key] = value
        keys[value.id] = key
    }

    private mutating func remove(_ id: Value.ID) {
        guard let key = keys.removeValue(forKey: id) else { return }
        young[key] = nil
        old[key] = nil
    }
}
