/// The places in a response that wait for an awaited field, and the batches of calls that will fill them.
///
/// The response is written depth-first into one buffer. An awaited field writes nothing: it leaves a hole (where its
/// value belongs) and puts its parent into the batch of its planned field. A hole's value is written as a fragment
/// behind everything written before, and may have holes itself. In the end the fragments are assembled by offset.
///
/// A non-null hole that comes to null takes its surroundings with it: the nearest nullable object or list around it
/// is recorded as a region, which is then assembled as `null`.
@usableFromInline
struct Holes {
    struct Hole {
        /// Where in the buffer its value belongs.
        let offset: Int
        /// The way to the object whose field it is.
        let path: PathTree.NodeID
        let isNonNull: Bool
        /// The region that becomes null when the hole comes to a null that isn't allowed; nil is the whole response.
        var region: Int?
        var fragment = Fragment()
    }

    /// Bytes that were written in one pass, with the holes and regions among them.
    struct Fragment {
        var bytes = 0..<0
        var holes = 0..<0
        var regions = 0..<0
    }

    /// How far the execution had come when a hole's value began.
    @usableFromInline
    struct Start {
        let mark: Mark
        let regions: Int
    }

    /// A nullable object or list that became null, or may, because of a hole in it.
    struct Region {
        let bytes: Range<Int>
        var isNull = false
    }

    /// The number of holes.
    @usableFromInline private(set) var count = 0
    private var list: ContiguousArray<Hole> = []
    private(set) var regions: ContiguousArray<Region> = []
    /// Whether a null has reached the root.
    private(set) var isRootNull = false
    /// Whether a null has reached a region.
    private(set) var hasNullRegions = false
    /// Holes whose region is not known yet, in order.
    private var looseHoles: [Int] = []
    /// Batches that have not been started, in order.
    private var pending: [PendingBatch] = []
    /// The position of a planned field's batch in `pending`, by the field's number; -1 for none.
    private var pendingPositions: ContiguousArray<Int32> = []

    subscript(hole: Int) -> Hole { list[hole] }

    var hasPending: Bool { !pending.isEmpty }

    /// Takes the batches that wait to be started.
    mutating func takePending() -> [PendingBatch] {
        for batch in pending { pendingPositions[batch.field.index] = -1 }
        defer { pending = [] }
        return pending
    }

    func pendingBatch(of field: FieldPlan) -> PendingBatch? {
        guard field.index < pendingPositions.count else { return nil }
        let position = pendingPositions[field.index]
        return position < 0 ? nil : pending[Int(position)]
    }

    mutating func add(_ batch: PendingBatch) {
        let missing = batch.field.index + 1 - pendingPositions.count
        if missing > 0 { pendingPositions.append(contentsOf: repeatElement(-1, count: missing)) }
        pendingPositions[batch.field.index] = Int32(pending.count)
        pending.append(batch)
    }

    /// Adds a hole and returns its number.
    mutating func append(_ hole: Hole) -> Int {
        if count == 0 {
            list.reserveCapacity(64)
            looseHoles.reserveCapacity(64)
        }
        looseHoles.append(count)
        list.append(hole)
        count += 1
        return count - 1
    }

    /// Forgets the holes from `first` on and the regions from byte `offset` on: they stand in what became null.
    mutating func drop(from first: Int, writtenFrom offset: Int) {
        guard count > first else { return }
        list.removeSubrange(first...)
        count = first
        while let last = looseHoles.last, last >= first { looseHoles.removeLast() }
        while let last = regions.last, last.bytes.lowerBound >= offset { regions.removeLast() }
        // Those without parents are dropped; the others keep their order.
        let batches = takePending()
        for batch in batches {
            batch.drop(from: first)
            if !batch.holes.isEmpty { add(batch) }
        }
    }

    /// Makes the nullable value in `bytes` the region of those holes from `first` on that have none yet.
    @usableFromInline
    mutating func closeRegion(_ bytes: Range<Int>, from first: Int) {
        guard let last = looseHoles.last, last >= first else { return }
        while let last = looseHoles.last, last >= first {
            // Without bytes around it, a hole is itself the nullable value: its null goes no further.
            if !bytes.isEmpty { list[last].region = regions.count }
            looseHoles.removeLast()
        }
        if !bytes.isEmpty { regions.append(Region(bytes: bytes)) }
    }

    /// Ends the fragment of `hole`, which began at `start`; `isNull` when it came to a null that isn't allowed.
    mutating func fill(_ hole: Int, with fragment: Fragment, isNull: Bool) {
        list[hole].fragment = fragment
        if isNull { nullify(list[hole].region) }
        guard list[hole].isNonNull else {
            closeRegion(fragment.bytes, from: fragment.holes.lowerBound)
            list[hole].fragment.regions = fragment.regions.lowerBound..<regions.count
            return
        }
        // What may become null inside takes the surroundings of this hole with it.
        while let last = looseHoles.last, last >= fragment.holes.lowerBound {
            list[last].region = list[hole].region
            looseHoles.removeLast()
        }
    }

    mutating func nullify(_ region: Int?) {
        guard let region else { return isRootNull = true }
        regions[region].isNull = true
        hasNullRegions = true
    }
}

extension Execution {
    @usableFromInline
    mutating func closeRegion(since mark: Mark) {
        holes.closeRegion(mark.count..<buffer.count, from: mark.holes)
    }

    /// Leaves a hole for a field of the object that is being written, and returns its number.
    @usableFromInline
    mutating func leaveHole(for field: FieldPlan) -> Int {
        holes.append(Holes.Hole(offset: buffer.count, path: path.currentNode(), isNonNull: field.isNonNull))
    }

    /// Begins to write the value of a hole; `endFilling` must follow.
    @usableFromInline
    mutating func beginFilling(_ hole: Int) -> Holes.Start {
        path.go(to: holes[hole].path)
        return Holes.Start(mark: mark(), regions: holes.regions.count)
    }

    /// Ends the value of a hole, which was completed since `start`.
    @usableFromInline
    mutating func endFilling(_ hole: Int, of field: FieldPlan, _ completion: Completion, since start: Holes.Start) {
        let mark = start.mark
        var isSettled = true
        if completion != .value {
            if completion == .null, field.isNonNull { reportNull(field, isItem: false) }
            isSettled = settleNull(field.isNonNull, since: mark)
        }
        let fragment = Holes.Fragment(
            bytes: mark.count..<buffer.count, holes: mark.holes..<holes.count,
            regions: start.regions..<holes.regions.count)
        holes.fill(hole, with: fragment, isNull: !isSettled)
    }

    /// The response's bytes from a fragment, its holes filled.
    borrowing func assemble(_ fragment: Holes.Fragment, into response: inout ResponseBuffer) {
        var position = fragment.bytes.lowerBound
        var nextHole = fragment.holes.lowerBound
        if holes.hasNullRegions {
            let nulls = holes.regions[fragment.regions].filter(\.isNull).map(\.bytes).sorted {
                $0.lowerBound < $1.lowerBound
            }
            for null in nulls where null.lowerBound >= position {
                assembleHoles(fragment, before: null.lowerBound, &nextHole, &position, into: &response)
                response.append(position..<null.lowerBound, of: buffer)
                response.writeNull()
                position = null.upperBound
                while nextHole < fragment.holes.upperBound, holes[nextHole].offset < null.upperBound { nextHole += 1 }
            }
        }
        assembleHoles(fragment, before: fragment.bytes.upperBound, &nextHole, &position, into: &response)
        response.append(position..<fragment.bytes.upperBound, of: buffer)
    }

    private borrowing func assembleHoles(
        _ fragment: Holes.Fragment, before end: Int, _ nextHole: inout Int, _ position: inout Int,
        into response: inout ResponseBuffer
    ) {
        while nextHole < fragment.holes.upperBound, holes[nextHole].offset <= end {
            response.append(position..<holes[nextHole].offset, of: buffer)
            position = holes[nextHole].offset
            assemble(holes[nextHole].fragment, into: &response)
            nextHole += 1
        }
    }
}
