/// A call that writes the outcome of a batch into its holes.
@usableFromInline typealias BatchWriter = @Sendable (inout Execution) -> Void
/// The resolver's call for a batch of parents. It runs beside the jobs of other batches.
@usableFromInline typealias BatchJob = @Sendable () async -> BatchWriter

/// The parents of one awaited field that were met in a pass, and their holes.
@usableFromInline
final class PendingBatch {
    /// One for each parent, in order.
    var holes: [Int] = []
    let field: FieldPlan
    @usableFromInline let parents: ParentList
    private let makeJob: (ParentList, [Int]) -> BatchJob

    @usableFromInline
    init(_ field: FieldPlan, _ parents: ParentList, makeJob: @escaping (ParentList, [Int]) -> BatchJob) {
        self.field = field
        self.parents = parents
        self.makeJob = makeJob
    }

    var job: BatchJob { makeJob(parents, holes) }

    /// Forgets the parents whose holes are numbered `first` or higher.
    func drop(from first: Int) {
        while let last = holes.last, last >= first {
            holes.removeLast()
            parents.removeLast()
        }
    }
}

/// A list of parents of a type that only the resolver's binding knows.
@usableFromInline
class ParentList {
    @usableFromInline init() {}
    @usableFromInline func removeLast() {}
}

/// The parents themselves, copied out of the values whose fields are written.
@usableFromInline
final class Parents<Parent: Sendable>: ParentList {
    @usableFromInline var values: [Parent] = []

    @usableFromInline override init() {}
    @usableFromInline override func removeLast() { values.removeLast() }
}

extension Execution {
    @usableFromInline
    func pendingBatch(of field: FieldPlan) -> PendingBatch? { holes.pendingBatch(of: field) }

    @usableFromInline
    mutating func add(_ batch: PendingBatch) { holes.add(batch) }

    /// Leaves a hole that `batch` will fill; its parent must have been appended.
    @usableFromInline
    mutating func leaveHole(for field: FieldPlan, in batch: PendingBatch) {
        batch.holes.append(leaveHole(for: field))
    }

    /// Runs the batches that wait, and those that their values bring up, until none is left.
    ///
    /// Batches run beside each other; a new one starts as soon as the value that needs it is written. When the task is
    /// cancelled none is started any more, and what those that run come to is dropped.
    mutating func runPendingBatches() async {
        while holes.hasPending {
            if Task.isCancelled { return abandon() }
            let batches = holes.takePending()
            if batches.count == 1 {
                let write = await batches[0].job()
                // What a mutation has changed is told, if it can be told without calling another resolver.
                if Task.isCancelled, !isSerial { return abandon() }
                write(&self)
                continue
            }
            let lane = Lane()
            await withTaskGroup(of: BatchWriter.self) { group in
                func start(_ batches: [PendingBatch]) {
                    lane.start {
                        for batch in batches {
                            let job = batch.job
                            group.addTask(executorPreference: lane) { await job() }
                        }
                    }
                }
                start(batches)
                while let write = await group.next() {
                    if Task.isCancelled { continue }
                    write(&self)
                    start(holes.takePending())
                }
            }
            if Task.isCancelled { return abandon() }
        }
    }
}
