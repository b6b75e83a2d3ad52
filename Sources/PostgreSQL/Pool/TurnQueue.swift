/// A queue in which claimants take turns: of each, one element is served before a second of any other is.
///
/// An element's turn is one after that of the element of its claimant that came before it; a claimant that has none
/// waiting begins with the turn that is being served. The order is that of the turns, and of the coming within a turn.
/// Elements that are put ahead go before all turns, in the order of their coming, and take none.
package struct TurnQueue<Element> {
    fileprivate struct Entry {
        let turn: Int
        let claimant: String
        var element: Element
    }

    /// Those that were put ahead, and then the others by their turns.
    private var entries: [Entry] = []
    private var aheadCount = 0
    /// The turn of the last element of each claimant, and how many of its elements wait.
    private var last: [String: (turn: Int, count: Int)] = [:]

    package init() {}

    package var count: Int { entries.count }

    /// The element at a place of the order, 0 being the next.
    package subscript(index: Int) -> Element {
        get { entries[index].element }
        set { entries[index].element = newValue }
    }

    /// Puts an element in its place.
    package mutating func append(_ element: Element, of claimant: String) {
        let current = aheadCount < entries.count ? entries[aheadCount].turn : 0
        let turn = last[claimant].map { max($0.turn + 1, current) } ?? current
        last[claimant] = (turn, (last[claimant]?.count ?? 0) + 1)
        var (low, high) = (aheadCount, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].turn <= turn { low = middle + 1 } else { high = middle }
        }
        entries.insert(Entry(turn: turn, claimant: claimant, element: element), at: low)
    }

    /// Puts an element before all that have turns.
    package mutating func appendAhead(_ element: Element, of claimant: String) {
        entries.insert(Entry(turn: 0, claimant: claimant, element: element), at: aheadCount)
        aheadCount += 1
    }

    /// Takes an element out, to be served or because it doesn't wait any more.
    @discardableResult
    package mutating func remove(at index: Int) -> Element {
        let entry = entries.remove(at: index)
        guard index >= aheadCount else {
            aheadCount -= 1
            return entry.element
        }
        if let known = last[entry.claimant] {
            last[entry.claimant] = known.count > 1 ? (known.turn, known.count - 1) : nil
        }
        return entry.element
    }

    /// The place of the next element that fulfils the predicate.
    package func firstIndex(where predicate: (Element) -> Bool) -> Int? {
        entries.firstIndex { predicate($0.element) }
    }

    /// What `transform` makes of the elements, in their order.
    package func map<Value>(_ transform: (Element) -> Value) -> [Value] {
        entries.map { transform($0.element) }
    }
}

extension TurnQueue: Sendable where Element: Sendable {}
extension TurnQueue.Entry: Sendable where Element: Sendable {}
